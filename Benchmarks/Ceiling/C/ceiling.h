// What the ways to queue share: the client, its replies, its tasks, its clocks. Each way has a file of its own, whose comment
// says what it does and what it leaves out.
//
// Whatever goes wrong, an error of Redis included, ends the program with a message.

#ifndef CEILING_H
#define CEILING_H

#include <hiredis/hiredis.h>
#include <stdbool.h>
#include <stdint.h>

enum { TASK_BYTES = 64, RECORD_BYTES = 64, LARGEST_BATCH = 4096 };

// What one client works with.
struct client {
    redisContext *redis;
    int number;         // from 1 on
    long tasks, batch;  // how many it does, and how many at a time
    bool drains;        // the tasks are there, or come from a producer: it pushes none
    char *records;      // where it writes what it computes; NULL when it computes nothing
    long done;          // how many tasks it did
};

// A way to queue.
struct way {
    const char *name;
    void (*run)(struct client *);
    // How the tasks are put there before a drain: a list's command, "XADD", or NULL where there is nothing to drain.
    const char *fills;
};

void round_trips(struct client *);
void push(struct client *);
void plain(struct client *);
void lock_scripts(struct client *);
void lease_scripts(struct client *);
void claims(struct client *);
void claims_lean(struct client *);
void streams(struct client *);

// Messages at random instants, `rate` a second, to a process that blocks for each; see hop.c.
void hop(const char *socket, long messages, double rate, unsigned seed);

// MARK: redis.c

_Noreturn void fail(const char *what, const char *why);
redisContext *open_redis(const char *socket);
// Reads one reply, which the caller frees.
redisReply *receive(redisContext *);
// Reads and frees that many replies.
void skip(redisContext *, long replies);
// Sends one command, whose only argument goes where `format` has %s, and reads its reply, which the caller frees.
redisReply *call(redisContext *, const char *format, const char *argument);
// Loads a script and returns its hash, which the caller frees.
char *load_script(redisContext *, const char *script);
// µs of CPU that the server has used.
double server_cpu(redisContext *);

// MARK: tasks.c

double seconds(void);
// How many of its tasks a client takes next, after the first `sent`.
long next_count(const struct client *, long sent);
// Task `number` of a client, at `task`.
void make_task(char *task, int client, long number);
// What a worker does with a task, at the least.
void work(struct client *, const char *task);
// A mapped file for the records of what is computed, gone with the process.
char *map_records(void);
// Appends one command that puts `count` tasks into the list `pending`, the first of which is number `first`: one reply.
void append_push(struct client *, const char *command, long first, long count);
// Appends `count` commands that each put a task into the stream `pending`: as many replies.
void append_entries(struct client *, long first, long count);

#endif
