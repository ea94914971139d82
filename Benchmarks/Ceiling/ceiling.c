// The least that each way to queue on Redis needs, with nothing around it: no journal, no audit, no fencing, no results.
//
//     ceiling WAY SOCKET TASKS BATCH CLIENTS [--drain] [--compute]
//
// WAY is round-trip (PING), plain (LPUSH, LMOVE, SET NX, LREM + DEL), claims (Lua: a list for each claim, acked whole) or
// streams (XADD, XREADGROUP, XACK + XDEL). CLIENTS processes share TASKS tasks of 64 bytes, BATCH at a time, and each sends
// what it can in one round trip: the acks of one batch go with the push and the claim of the next. With --drain the tasks
// are there before the clients begin, and nothing is pushed. With --compute each task computes F(90) and writes a record of
// 64 bytes into a mapped file, as a worker has to.
//
// The server at the unix socket SOCKET is flushed. Prints one line: tasks a second, from the start of the first client to the
// end of the last, and µs of the server's CPU a task.

#include <errno.h>
#include <fcntl.h>
#include <hiredis/hiredis.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { TASK_BYTES = 64, RECORD_BYTES = 64, LARGEST_BATCH = 4096 };

static const char claim_script[] =
    "local tasks = redis.call('LPOP', KEYS[1], ARGV[1]) "
    "if not tasks then return {} end "
    "redis.call('RPUSH', KEYS[2], unpack(tasks)) "
    "redis.call('ZADD', KEYS[3], ARGV[2], ARGV[3]) "
    "return tasks";
static const char ack_script[] =
    "redis.call('ZREM', KEYS[2], ARGV[1]) "
    "return redis.call('DEL', KEYS[1])";

// What one client works with.
struct client {
    redisContext *redis;
    int number;
    long tasks, batch;
    bool drains, computes;
    char *records;
    long done;
};

static void fail(const char *what, const char *why) {
    fprintf(stderr, "ceiling: %s: %s\n", what, why);
    exit(1);
}

static redisContext *open_redis(const char *socket) {
    redisContext *redis = redisConnectUnix(socket);
    if (redis == NULL || redis->err) fail(socket, redis ? redis->errstr : "no memory");
    return redis;
}

// Reads one reply; the caller frees it.
static redisReply *receive(redisContext *redis) {
    redisReply *reply = NULL;
    if (redisGetReply(redis, (void **)&reply) != REDIS_OK) fail("the server", redis->errstr);
    if (reply->type == REDIS_REPLY_ERROR) fail("the server answered", reply->str);
    return reply;
}

static void skip(redisContext *redis, long replies) {
    for (long i = 0; i < replies; i++) freeReplyObject(receive(redis));
}

static redisReply *call(redisContext *redis, const char *format, const char *argument) {
    redisAppendCommand(redis, format, argument);
    return receive(redis);
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

// µs of CPU that the server has used.
static double server_cpu(redisContext *redis) {
    redisReply *reply = call(redis, "INFO %s", "cpu");
    double sys = 0, user = 0;
    const char *at = strstr(reply->str, "used_cpu_sys:");
    if (at) sys = atof(at + strlen("used_cpu_sys:"));
    at = strstr(reply->str, "used_cpu_user:");
    if (at) user = atof(at + strlen("used_cpu_user:"));
    freeReplyObject(reply);
    return (sys + user) * 1e6;
}

// What a worker does with a task, at the least.
static void work(struct client *client, const char *task) {
    if (!client->computes) {
        client->done++;
        return;
    }
    uint64_t a = 0, b = 1;
    int n = (unsigned char)task[TASK_BYTES - 1];
    for (int i = 0; i < n; i++) {
        uint64_t next = a + b;
        a = b;
        b = next;
    }
    char *record = client->records + client->done % (1 << 20) * RECORD_BYTES;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    memcpy(record, task, RECORD_BYTES - 3 * sizeof(uint64_t));
    memcpy(record + 40, &a, sizeof a);
    memcpy(record + 48, &now, sizeof now);
    client->done++;
}

static void make_task(char *task, long number) {
    memset(task, 'x', TASK_BYTES);
    memcpy(task, &number, sizeof number);
    task[TASK_BYTES - 1] = 90;
}

// Appends one command that puts `count` tasks into a list; returns how many replies it has.
static long append_push(struct client *client, const char *command, const char *key, long first, long count) {
    static char tasks[LARGEST_BATCH][TASK_BYTES];
    static const char *arguments[LARGEST_BATCH + 2];
    static size_t lengths[LARGEST_BATCH + 2];
    arguments[0] = command, lengths[0] = strlen(command);
    arguments[1] = key, lengths[1] = strlen(key);
    for (long i = 0; i < count; i++) {
        make_task(tasks[i], first + i);
        arguments[i + 2] = tasks[i], lengths[i + 2] = TASK_BYTES;
    }
    redisAppendCommandArgv(client->redis, (int)count + 2, arguments, lengths);
    return 1;
}

// MARK: The ways

static void round_trips(struct client *client) {
    for (; client->done < client->tasks; client->done++) {
        redisAppendCommand(client->redis, "PING");
        skip(client->redis, 1);
    }
}

static void plain(struct client *client) {
    redisContext *redis = client->redis;
    char (*held)[TASK_BYTES] = calloc((size_t)client->batch, TASK_BYTES);
    long finished = 0;
    for (long sent = 0; sent < client->tasks || finished > 0;) {
        long count = client->tasks - sent < client->batch ? client->tasks - sent : client->batch;
        for (long i = 0; i < finished; i++) {
            redisAppendCommand(redis, "LREM processing 1 %b", held[i], (size_t)TASK_BYTES);
            redisAppendCommand(redis, "DEL lock:%b", held[i], (size_t)8);
        }
        char task[TASK_BYTES];
        for (long i = 0; i < count && !client->drains; i++) {
            make_task(task, (long)client->number << 40 | (sent + i));
            redisAppendCommand(redis, "LPUSH pending %b", task, (size_t)TASK_BYTES);
        }
        for (long i = 0; i < count; i++) redisAppendCommand(redis, "LMOVE pending processing RIGHT LEFT");
        skip(redis, 2 * finished + (client->drains ? 0 : count));
        finished = 0;
        for (long i = 0; i < count; i++) {
            redisReply *reply = receive(redis);
            if (reply->type == REDIS_REPLY_STRING) memcpy(held[finished++], reply->str, TASK_BYTES);
            freeReplyObject(reply);
        }
        for (long i = 0; i < finished; i++)
            redisAppendCommand(redis, "SET lock:%b 1 NX PX 30000", held[i], (size_t)8);
        skip(redis, finished);
        for (long i = 0; i < finished; i++) work(client, held[i]);
        sent += count;
    }
    free(held);
}

static void claims(struct client *client) {
    redisContext *redis = client->redis;
    redisReply *reply = call(redis, "SCRIPT LOAD %s", claim_script);
    char *claim = strdup(reply->str);
    freeReplyObject(reply);
    reply = call(redis, "SCRIPT LOAD %s", ack_script);
    char *ack = strdup(reply->str);
    freeReplyObject(reply);
    long number = 0, finished = 0;
    for (long sent = 0; sent < client->tasks || finished > 0;) {
        long count = client->tasks - sent < client->batch ? client->tasks - sent : client->batch;
        long before = 0;
        if (finished > 0) {
            redisAppendCommand(
                redis, "EVALSHA %s 2 claim:%d.%ld leases %d.%ld", ack, client->number, number, client->number, number);
            before++;
        }
        if (count > 0 && !client->drains)
            before += append_push(client, "RPUSH", "pending", (long)client->number << 40 | sent, count);
        number++;
        if (count > 0)
            redisAppendCommand(
                redis, "EVALSHA %s 3 pending claim:%d.%ld leases %ld 1893456000000 %d.%ld", claim, client->number,
                number, count, client->number, number);
        skip(redis, before);
        finished = 0;
        if (count > 0) {
            reply = receive(redis);
            finished = (long)reply->elements;
            for (size_t i = 0; i < reply->elements; i++) work(client, reply->element[i]->str);
            freeReplyObject(reply);
        }
        sent += count;
    }
    free(claim);
    free(ack);
}

static void streams(struct client *client) {
    redisContext *redis = client->redis;
    const char **arguments = calloc((size_t)client->batch + 3, sizeof *arguments);
    size_t *lengths = calloc((size_t)client->batch + 3, sizeof *lengths);
    char (*ids)[32] = calloc((size_t)client->batch, sizeof *ids);
    long finished = 0;
    for (long sent = 0; sent < client->tasks || finished > 0;) {
        long count = client->tasks - sent < client->batch ? client->tasks - sent : client->batch;
        long before = 0;
        if (finished > 0) {
            arguments[0] = "XACK", arguments[1] = "pending", arguments[2] = "workers";
            for (long i = 0; i < finished; i++) arguments[i + 3] = ids[i];
            for (long i = 0; i < finished + 3; i++) lengths[i] = strlen(arguments[i]);
            redisAppendCommandArgv(redis, (int)finished + 3, arguments, lengths);
            arguments[1] = "XDEL", arguments[2] = "pending";
            lengths[1] = 4, lengths[2] = 7;
            redisAppendCommandArgv(redis, (int)finished + 2, arguments + 1, lengths + 1);
            before += 2;
        }
        char task[TASK_BYTES];
        for (long i = 0; i < count && !client->drains; i++, before++) {
            make_task(task, (long)client->number << 40 | (sent + i));
            redisAppendCommand(redis, "XADD pending * e %b", task, (size_t)TASK_BYTES);
        }
        if (count > 0)
            redisAppendCommand(
                redis, "XREADGROUP GROUP workers %d COUNT %ld STREAMS pending >", client->number, count);
        skip(redis, before);
        finished = 0;
        if (count > 0) {
            redisReply *reply = receive(redis);
            if (reply->type == REDIS_REPLY_ARRAY) {
                redisReply *entries = reply->element[0]->element[1];
                for (size_t i = 0; i < entries->elements; i++) {
                    redisReply *entry = entries->element[i];
                    snprintf(ids[finished++], sizeof *ids, "%s", entry->element[0]->str);
                    work(client, entry->element[1]->element[1]->str);
                }
            }
            freeReplyObject(reply);
        }
        sent += count;
    }
    free(ids);
    free(lengths);
    free(arguments);
}

// MARK: The run

// Puts the tasks of every client where they are claimed from.
static void fill(redisContext *redis, bool is_stream, const char *push, long tasks) {
    struct client filler = {.redis = redis};
    char task[TASK_BYTES];
    for (long sent = 0; sent < tasks;) {
        long count = tasks - sent < LARGEST_BATCH ? tasks - sent : LARGEST_BATCH;
        if (is_stream) {
            for (long i = 0; i < count; i++) {
                make_task(task, sent + i);
                redisAppendCommand(redis, "XADD pending * e %b", task, (size_t)TASK_BYTES);
            }
            skip(redis, count);
        } else {
            skip(redis, append_push(&filler, push, "pending", sent, count));
        }
        sent += count;
    }
}

static void *map_records(void) {
    char path[] = "/tmp/ceiling-records-XXXXXX";
    int file = mkstemp(path);
    if (file < 0 || unlink(path) != 0 || ftruncate(file, (off_t)RECORD_BYTES << 20) != 0)
        fail(path, strerror(errno));
    void *records = mmap(NULL, (size_t)RECORD_BYTES << 20, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    if (records == MAP_FAILED) fail(path, strerror(errno));
    return records;
}

int main(int count, char **arguments) {
    if (count < 6) {
        fprintf(stderr, "usage: ceiling round-trip|plain|claims|streams SOCKET TASKS BATCH CLIENTS [--drain] [--compute]\n");
        return 64;
    }
    const char *way = arguments[1], *socket = arguments[2];
    long tasks = atol(arguments[3]), batch = atol(arguments[4]), clients = atol(arguments[5]);
    bool drains = false, computes = false;
    for (int i = 6; i < count; i++) {
        drains = drains || strcmp(arguments[i], "--drain") == 0;
        computes = computes || strcmp(arguments[i], "--compute") == 0;
    }
    if (tasks < 1 || batch < 1 || batch > LARGEST_BATCH || clients < 1 || clients > 64) {
        fprintf(stderr, "ceiling: TASKS from 1 on, BATCH from 1 to %d, CLIENTS from 1 to 64\n", LARGEST_BATCH);
        return 64;
    }
    void (*run)(struct client *) = strcmp(way, "round-trip") == 0 ? round_trips
        : strcmp(way, "plain") == 0                              ? plain
        : strcmp(way, "claims") == 0                             ? claims
        : strcmp(way, "streams") == 0                            ? streams
                                                                 : NULL;
    if (run == NULL) fail(way, "no way that is known here");

    redisContext *redis = open_redis(socket);
    freeReplyObject(call(redis, "FLUSHALL%s", ""));
    if (run == streams) freeReplyObject(call(redis, "XGROUP CREATE pending %s $ MKSTREAM", "workers"));
    long share = tasks / clients;
    if (drains && run != round_trips) fill(redis, run == streams, run == plain ? "LPUSH" : "RPUSH", share * clients);

    double cpu = server_cpu(redis), began = seconds();
    for (long i = 0; i < clients; i++) {
        pid_t child = fork();
        if (child < 0) fail("fork", strerror(errno));
        if (child == 0) {
            struct client client = {
                .redis = open_redis(socket), .number = (int)i + 1, .tasks = share, .batch = batch, .drains = drains,
                .computes = computes, .records = computes ? map_records() : NULL,
            };
            run(&client);
            redisFree(client.redis);
            if (client.done != share) fail("a client", "did another number of tasks");
            exit(0);
        }
    }
    for (long i = 0; i < clients; i++) {
        int status = 0;
        if (wait(&status) < 0 || status != 0) fail("a client", "ended badly");
    }
    double took = seconds() - began;
    cpu = server_cpu(redis) - cpu;
    redisFree(redis);
    printf("%.0f %.3f\n", (double)(share * clients) / took, cpu / (double)(share * clients));
    return 0;
}
