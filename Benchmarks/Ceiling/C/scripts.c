// lock-scripts: one script moves a batch to the processing list, with a lock a task; another removes each task and its lock.
// lease-scripts: one script moves a batch to the worker's own list and renews its one lease; another removes each task.
//
// Both ack task by task, which is what sets them apart from claims.c. The ack of one batch goes with the push and the claim of
// the next: one round trip a batch.
//
// Left out: recovery, fencing, waking.

#include "ceiling.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char lock_claim[] =
    "local tasks = redis.call('LPOP', KEYS[1], ARGV[1]) "
    "if not tasks then return {} end "
    "redis.call('RPUSH', KEYS[2], unpack(tasks)) "
    "for i = 1, #tasks do redis.call('SET', 'lock:' .. string.sub(tasks[i], 1, 8), 1, 'NX', 'PX', 30000) end "
    "return tasks";
static const char lock_ack[] =
    "local locks = {} "
    "for i = 1, #ARGV do "
    "redis.call('LREM', KEYS[1], 1, ARGV[i]) "
    "locks[i] = 'lock:' .. string.sub(ARGV[i], 1, 8) "
    "end "
    "redis.call('DEL', unpack(locks))";
static const char lease_claim[] =
    "local tasks = redis.call('LPOP', KEYS[1], ARGV[1]) "
    "if not tasks then return {} end "
    "redis.call('RPUSH', KEYS[2], unpack(tasks)) "
    "redis.call('SET', KEYS[2] .. ':lease', 1, 'PX', 30000) "
    "return tasks";
static const char lease_ack[] = "for i = 1, #ARGV do redis.call('LREM', KEYS[1], 1, ARGV[i]) end";

static void append_ack(redisContext *redis, const char *script, const char *list, redisReply *tasks) {
    static const char *arguments[LARGEST_BATCH + 4];
    static size_t lengths[LARGEST_BATCH + 4];
    const char *first[] = {"EVALSHA", script, "1", list};
    for (int i = 0; i < 4; i++) arguments[i] = first[i], lengths[i] = strlen(first[i]);
    for (size_t i = 0; i < tasks->elements; i++)
        arguments[i + 4] = tasks->element[i]->str, lengths[i + 4] = tasks->element[i]->len;
    redisAppendCommandArgv(redis, (int)tasks->elements + 4, arguments, lengths);
}

static void run_scripts(struct client *client, const char *claim_script, const char *ack_script, const char *list) {
    redisContext *redis = client->redis;
    char *claim = load_script(redis, claim_script), *ack = load_script(redis, ack_script);
    redisReply *held = NULL;
    for (long sent = 0; sent < client->tasks || held != NULL;) {
        long count = next_count(client, sent), before = 0;
        if (held != NULL) append_ack(redis, ack, list, held), before++;
        if (count > 0 && !client->drains) append_push(client, "RPUSH", sent, count), before++;
        if (count > 0) redisAppendCommand(redis, "EVALSHA %s 2 pending %s %ld", claim, list, count);
        skip(redis, before);
        if (held != NULL) freeReplyObject(held);
        held = count > 0 ? receive(redis) : NULL;
        for (size_t i = 0; held != NULL && i < held->elements; i++) work(client, held->element[i]->str);
        sent += count;
    }
    free(claim);
    free(ack);
}

void lock_scripts(struct client *client) { run_scripts(client, lock_claim, lock_ack, "processing"); }

void lease_scripts(struct client *client) {
    char list[32];
    snprintf(list, sizeof list, "worker:%d", client->number);
    run_scripts(client, lease_claim, lease_ack, list);
}
