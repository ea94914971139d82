// claims: one script moves a batch into a list of its own and notes when its lease ends; another removes the whole list. The
// ack of one batch goes with the push and the claim of the next: one round trip a batch.
// claims-lean: the same, with functions of our own in hiredis' reader, which does each task in the reader's buffer. No object
// is made of a reply. It is the stronger ceiling; `claims` makes hiredis' own objects, as most clients do.
//
// With a producer of its own a client pushes nothing, and asks again a little later when there was nothing to claim.
//
// Left out: Redis' clock (the lease ends at a constant instant), fencing, retries and delays, waking, and that a claim or an
// ack that is sent twice happens once.

#include "ceiling.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// How long an empty queue is left alone, in µs.
enum { PAUSE = 20 };

static const char claim_script[] =
    "local tasks = redis.call('LPOP', KEYS[1], ARGV[1]) "
    "if not tasks then return {} end "
    "redis.call('RPUSH', KEYS[2], unpack(tasks)) "
    "redis.call('ZADD', KEYS[3], 1893456000000, ARGV[2]) "
    "return tasks";
static const char ack_script[] =
    "redis.call('ZREM', KEYS[2], ARGV[1]) "
    "return redis.call('DEL', KEYS[1])";

// Reads the answer to a claim and does its tasks; returns how many.
typedef long receiver(struct client *);
// Reads that many answers that say nothing.
typedef void skipper(redisContext *, long);

static void run_claims(struct client *client, skipper *skip_answers, receiver *do_tasks, const char *claim, const char *ack) {
    redisContext *redis = client->redis;
    long number = 0, held = 0;
    for (long sent = 0; sent < client->tasks || held > 0;) {
        long count = next_count(client, sent), before = 0;
        if (held > 0) {
            redisAppendCommand(
                redis, "EVALSHA %s 2 claim:%d.%ld leases %d.%ld", ack, client->number, number, client->number, number);
            before++;
        }
        if (count > 0 && !client->drains) append_push(client, "RPUSH", sent, count), before++;
        number++;
        if (count > 0)
            redisAppendCommand(
                redis, "EVALSHA %s 3 pending claim:%d.%ld leases %ld %d.%ld", claim, client->number, number, count,
                client->number, number);
        skip_answers(redis, before);
        held = count > 0 ? do_tasks(client) : 0;
        if (count > 0 && held == 0) usleep(PAUSE);
        sent += held;
    }
}

// MARK: With hiredis' objects

static long do_objects(struct client *client) {
    redisReply *reply = receive(client->redis);
    long count = (long)reply->elements;
    for (size_t i = 0; i < reply->elements; i++) work(client, reply->element[i]->str);
    freeReplyObject(reply);
    return count;
}

void claims(struct client *client) {
    char *claim = load_script(client->redis, claim_script), *ack = load_script(client->redis, ack_script);
    run_claims(client, skip, do_objects, claim, ack);
    free(claim);
    free(ack);
}

// MARK: Without objects

// A reply that is not NULL: hiredis asks for no more.
static char nothing;

static void *take_string(const redisReadTask *task, char *text, size_t length) {
    if (task->type == REDIS_REPLY_ERROR) {
        text[length] = 0;  // hiredis left the line's end there
        fail("the server answered", text);
    }
    // An element of an array is a task, done where it lies.
    if (task->parent != NULL) work(task->privdata, text);
    return &nothing;
}

#if HIREDIS_MAJOR >= 1
typedef size_t element_count;
#else
typedef int element_count;
#endif
static void *take_array(const redisReadTask *task, element_count elements) { return (void)task, (void)elements, &nothing; }
static void *take_integer(const redisReadTask *task, long long value) { return (void)task, (void)value, &nothing; }
static void *take_nil(const redisReadTask *task) { return (void)task, &nothing; }
static void free_nothing(void *object) { (void)object; }

static void skip_lean(redisContext *redis, long replies) {
    for (long i = 0; i < replies; i++) {
        void *reply = NULL;
        if (redisGetReply(redis, &reply) != REDIS_OK) fail("the server", redis->errstr);
    }
}

static long do_lean(struct client *client) {
    long before = client->done;
    skip_lean(client->redis, 1);
    return client->done - before;
}

void claims_lean(struct client *client) {
    static redisReplyObjectFunctions functions = {
        .createString = take_string, .createArray = take_array, .createInteger = take_integer, .createNil = take_nil,
        .freeObject = free_nothing,
    };
    char *claim = load_script(client->redis, claim_script), *ack = load_script(client->redis, ack_script);
    client->redis->reader->fn = &functions;
    client->redis->reader->privdata = client;
    run_claims(client, skip_lean, do_lean, claim, ack);
    free(claim);
    free(ack);
}
