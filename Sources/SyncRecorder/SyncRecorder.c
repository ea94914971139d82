/*
 * SyncRecorder: a library that is preloaded into redis-server (LD_PRELOAD) and records, for each file, how much of it
 * has really been synced, so that after a SIGKILL its files can be cut back to what a power cut would have left.
 *
 * The record is a file of 64-bit words that the owner creates, names in FIBQ_SYNC_RECORD, and reads and writes too; it
 * is mapped and shared, so it outlives the process, and the processes that redis-server forks write to it as well.
 * Sources/Redis/SyncRecord.swift is the other side: whoever changes the layout changes both, and the format number.
 *
 * What is exact, and why:
 *
 * - A file is known by its inode, so renaming it (as each rewrite of the append-only file does) changes nothing.
 * - The length that a sync makes safe is the file's length *before* the call. It is asked of the kernel, not added up
 *   from write(2), since Redis also writes through stdio, whose writes can't be seen from here. Redis only appends.
 * - `synced` is raised *after* the call has returned, and only if it succeeded: a process that is killed in the middle
 *   of a sync has not synced. With a minimum duration set, the call returns, and counts, at its end.
 * - Whatever shortens a file, or opens one that has become shorter (a new file that got a removed one's inode has
 *   length 0), lowers `synced`; a sync that was under way meanwhile counts as none.
 * - Names (creating, renaming, removing) count as durable at once. A journaling file system commits them in order, so
 *   that is one of the outcomes that a real power cut may have.
 * - sync_file_range(2) promises nothing about the disk's cache, so it does not count.
 *
 * Only regular files are recorded. The files of one redis-server are on one file system, so inodes tell them apart.
 */
#define _GNU_SOURCE
#include <assert.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* What is known of one file. */
struct file {
    _Atomic uint64_t inode;      /* 0: the slot is free */
    _Atomic uint64_t synced;     /* bytes from its start that are safe */
    _Atomic uint64_t shortened;  /* how often `synced` was lowered */
    uint64_t unused;
};

enum { record_format = 0x51494601, file_slots = 1022 };

struct record {
    _Atomic uint64_t format;          /* out: record_format once this library is at work */
    _Atomic uint64_t sync_takes;      /* in: nanoseconds that each sync takes at least */
    _Atomic uint64_t disk_is_full;    /* in: not 0 makes every write to a file fail with ENOSPC */
    _Atomic uint64_t syncs;           /* out: syncs that have ended */
    _Atomic uint64_t sync_time;       /* out: nanoseconds that they took together */
    _Atomic uint64_t has_overflowed;  /* out: not 0 when there were more files than slots; the record is void then */
    uint64_t unused[2];
    struct file files[file_slots];
};

static_assert(sizeof(struct record) == 32768, "the owner makes the record's file this long");

static struct record *record;

/* The next definition of a function: the C library's own. */
#define REAL(function) ((__typeof__(&(function)))dlsym(RTLD_NEXT, #function))

static void refuse(const char *what) {
    fprintf(stderr, "SyncRecorder: %s: %m\n", what);
    _exit(1);
}

/* A server that ran unrecorded would look like one that syncs nothing: it must not start. */
__attribute__((constructor)) static void map_record(void) {
    const char *path = getenv("FIBQ_SYNC_RECORD");
    if (path == NULL) refuse("FIBQ_SYNC_RECORD is not set");
    int file = open(path, O_RDWR | O_CLOEXEC);
    if (file < 0) refuse(path);
    struct stat status;
    if (fstat(file, &status) != 0 || status.st_size != sizeof(struct record)) refuse("the record has another length");
    void *mapping = mmap(NULL, sizeof(struct record), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (mapping == MAP_FAILED) refuse("mmap");
    close(file);
    record = mapping;
    record->format = record_format;
}

/* The slot of a file; of a new one if `is_new_welcome`, else NULL. Lock-free: threads and forked processes share it. */
static struct file *file_with(uint64_t inode, bool is_new_welcome) {
    for (uint64_t probe = 0; probe < file_slots; probe++) {
        struct file *file = &record->files[(inode + probe) % file_slots];
        uint64_t known = file->inode;
        if (known == 0 && !is_new_welcome) return NULL;
        if (known == 0 && atomic_compare_exchange_strong(&file->inode, &known, inode)) return file;
        if (known == inode) return file;
    }
    if (is_new_welcome) record->has_overflowed = 1;
    return NULL;
}

static bool is_regular(int descriptor, struct stat *status) {
    return fstat(descriptor, status) == 0 && S_ISREG(status->st_mode);
}

/* No more of the file can be safe than there is of it. */
static void lower(int descriptor) {
    struct stat status;
    if (record == NULL || !is_regular(descriptor, &status)) return;
    struct file *file = file_with(status.st_ino, false);
    if (file == NULL) return;
    uint64_t length = (uint64_t)status.st_size;
    uint64_t synced = file->synced;
    if (synced <= length) return;
    file->shortened++;
    while (synced > length && !atomic_compare_exchange_weak(&file->synced, &synced, length)) {}
}

static void raise_to(struct file *file, uint64_t length) {
    uint64_t synced = file->synced;
    while (synced < length && !atomic_compare_exchange_weak(&file->synced, &synced, length)) {}
}

static uint64_t nanoseconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

static void wait_until(uint64_t nanoseconds) {
    struct timespec end = {(time_t)(nanoseconds / 1000000000), (long)(nanoseconds % 1000000000)};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &end, NULL) == EINTR) {}
}

/* Syncs by means of `sync`, not faster than wanted, and records it. */
static int record_sync(int descriptor, int (*sync)(int)) {
    if (record == NULL) return sync(descriptor);
    struct stat status;
    struct file *file = is_regular(descriptor, &status) ? file_with(status.st_ino, true) : NULL;
    uint64_t shortened = file == NULL ? 0 : file->shortened;
    /* Asked again, now that `shortened` has been read: this length can only be from after it. */
    if (file != NULL && fstat(descriptor, &status) != 0) file = NULL;

    uint64_t start = nanoseconds_now();
    int result = sync(descriptor);
    int error = errno;
    wait_until(start + record->sync_takes);

    if (result == 0 && file != NULL && file->shortened == shortened) raise_to(file, (uint64_t)status.st_size);
    record->syncs++;
    record->sync_time += nanoseconds_now() - start;
    errno = error;
    return result;
}

int fsync(int descriptor) { return record_sync(descriptor, REAL(fsync)); }

int fdatasync(int descriptor) { return record_sync(descriptor, REAL(fdatasync)); }

/* True for a write that the full disk has no room for. Sockets and pipes are none, nor is the log (stdout, stderr). */
static bool lacks_room(int descriptor) {
    struct stat status;
    return record != NULL && record->disk_is_full && descriptor > STDERR_FILENO && is_regular(descriptor, &status);
}

ssize_t write(int descriptor, const void *bytes, size_t count) {
    static _Atomic(void *) next;
    if (lacks_room(descriptor)) {
        errno = ENOSPC;
        return -1;
    }
    /* Every reply to a client comes through here as well: it is looked up once. */
    if (next == NULL) next = dlsym(RTLD_NEXT, "write");
    return ((__typeof__(&write))next)(descriptor, bytes, count);
}

size_t fwrite(const void *items, size_t size, size_t count, FILE *file) {
    if (lacks_room(fileno(file))) {
        errno = ENOSPC;
        return 0;
    }
    return REAL(fwrite)(items, size, count, file);
}

/* open(2) takes a mode only when it may create a file. */
#define DEFINE_OPEN(name)                                                      \
    int name(const char *path, int flags, ...) {                               \
        mode_t mode = 0;                                                       \
        if (flags & O_CREAT) {                                                 \
            va_list arguments;                                                 \
            va_start(arguments, flags);                                        \
            mode = va_arg(arguments, mode_t);                                  \
            va_end(arguments);                                                 \
        }                                                                      \
        int descriptor = REAL(name)(path, flags, mode);                        \
        if (descriptor >= 0) lower(descriptor);                                \
        return descriptor;                                                     \
    }

DEFINE_OPEN(open)
DEFINE_OPEN(open64)

#define DEFINE_FOPEN(name)                                                     \
    FILE *name(const char *path, const char *mode) {                           \
        FILE *file = REAL(name)(path, mode);                                   \
        if (file != NULL) lower(fileno(file));                                 \
        return file;                                                           \
    }

DEFINE_FOPEN(fopen)
DEFINE_FOPEN(fopen64)

#define DEFINE_FTRUNCATE(name, type)                                           \
    int name(int descriptor, type length) {                                    \
        int result = REAL(name)(descriptor, length);                           \
        if (result == 0) lower(descriptor);                                    \
        return result;                                                         \
    }

DEFINE_FTRUNCATE(ftruncate, off_t)
DEFINE_FTRUNCATE(ftruncate64, off64_t)
