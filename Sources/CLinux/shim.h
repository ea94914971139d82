#ifndef FIBQ_CLINUX_SHIM_H
#define FIBQ_CLINUX_SHIM_H

#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <time.h>

/// Calls of the kernel that glibc declares for those only who define _GNU_SOURCE before its first header, which is not ours to
/// do in Swift.

/// accept(2) that sets flags at once: no child that another thread starts in between gets the socket.
extern int accept4(int socket, struct sockaddr *address, socklen_t *length, int flags);

/// pipe(2) that sets flags at once.
extern int pipe2(int ends[2], int flags);

/// poll(2) that waits to the nanosecond.
extern int ppoll(struct pollfd *watched, nfds_t count, const struct timespec *limit, const sigset_t *mask);

#endif
