// plain: LPUSH; LMOVE to the processing list, then SET NX PX of each task's lock; LREM and DEL. All pipelined, in two round
// trips a batch, since a lock has the name of the task that was moved: the removals of one batch go with the pushes and the
// moves of the next.
//
// Left out: anything that gives a task without a lock to another worker.

#include "ceiling.h"

#include <stdlib.h>
#include <string.h>

enum { ID_BYTES = 8, LOCK_BYTES = 5 + ID_BYTES };

// A command whose only argument that varies is its last or, where `options` follow, its second.
static void append(redisContext *redis, int count, const char *const *words, const char *varying, size_t length, int place) {
    const char *arguments[8];
    size_t lengths[8];
    for (int i = 0; i < count; i++) {
        arguments[i] = i == place ? varying : words[i];
        lengths[i] = i == place ? length : strlen(words[i]);
    }
    redisAppendCommandArgv(redis, count, (const char **)arguments, lengths);
}

static void name_lock(char *lock, const char *task) {
    memcpy(lock, "lock:", LOCK_BYTES - ID_BYTES);
    memcpy(lock + LOCK_BYTES - ID_BYTES, task, ID_BYTES);
}

static void append_removal(redisContext *redis, const char *task) {
    // From the tail: the oldest of what is in progress is there, and found at once.
    static const char *const removal[] = {"LREM", "processing", "-1", ""};
    static const char *const unlocking[] = {"DEL", ""};
    char lock[LOCK_BYTES];
    name_lock(lock, task);
    append(redis, 4, removal, task, TASK_BYTES, 3);
    append(redis, 2, unlocking, lock, LOCK_BYTES, 1);
}

static void append_task(struct client *client, long number) {
    static const char *const pushing[] = {"LPUSH", "pending", ""};
    char task[TASK_BYTES];
    make_task(task, client->number, number);
    append(client->redis, 3, pushing, task, TASK_BYTES, 2);
}

static void append_lock(redisContext *redis, const char *task) {
    static const char *const locking[] = {"SET", "", "1", "NX", "PX", "30000"};
    char lock[LOCK_BYTES];
    name_lock(lock, task);
    append(redis, 6, locking, lock, LOCK_BYTES, 1);
}

static void append_move(redisContext *redis) {
    static const char *const moving[] = {"LMOVE", "pending", "processing", "RIGHT", "LEFT"};
    append(redis, 5, moving, NULL, 0, -1);
}

// Reads what the moves brought; returns how many tasks.
static long receive_tasks(redisContext *redis, char (*held)[TASK_BYTES], long count) {
    long moved = 0;
    for (long i = 0; i < count; i++) {
        redisReply *reply = receive(redis);
        if (reply->type == REDIS_REPLY_STRING) memcpy(held[moved++], reply->str, TASK_BYTES);
        freeReplyObject(reply);
    }
    return moved;
}

void plain(struct client *client) {
    redisContext *redis = client->redis;
    char (*held)[TASK_BYTES] = calloc((size_t)client->batch, TASK_BYTES);
    if (held == NULL) fail("a batch", "no memory");
    long moved = 0;
    for (long sent = 0; sent < client->tasks || moved > 0;) {
        long count = next_count(client, sent), pushed = client->drains ? 0 : count;
        for (long i = 0; i < moved; i++) append_removal(redis, held[i]);
        for (long i = 0; i < pushed; i++) append_task(client, sent + i);
        for (long i = 0; i < count; i++) append_move(redis);
        skip(redis, 2 * moved + pushed);
        moved = receive_tasks(redis, held, count);
        for (long i = 0; i < moved; i++) append_lock(redis, held[i]);
        skip(redis, moved);
        for (long i = 0; i < moved; i++) work(client, held[i]);
        sent += count;
    }
    free(held);
}
