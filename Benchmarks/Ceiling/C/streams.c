// streams: XADD of each task, pipelined; XREADGROUP of a batch; XACK and XDEL of all of it. The removal of one batch goes with
// the additions and the reading of the next: one round trip a batch.
//
// Left out: recovery (XAUTOCLAIM), fencing, retries, waking.

#include "ceiling.h"

#include <stdlib.h>
#include <string.h>

enum { ID_BYTES = 48 };

// The ids of the entries that were read and not removed, and room for the commands that remove them.
struct entries {
    char (*ids)[ID_BYTES];
    long count;
    const char **arguments;
    size_t *lengths;
};

static struct entries make_entries(long batch) {
    struct entries entries = {
        .ids = calloc((size_t)batch, ID_BYTES),
        .arguments = calloc((size_t)batch + 3, sizeof(char *)),
        .lengths = calloc((size_t)batch + 3, sizeof(size_t)),
    };
    if (entries.ids == NULL || entries.arguments == NULL || entries.lengths == NULL) fail("a batch", "no memory");
    return entries;
}

// Two commands, two replies.
static void append_removal(redisContext *redis, struct entries *entries) {
    const char **arguments = entries->arguments;
    arguments[0] = "XACK", arguments[1] = "pending", arguments[2] = "workers";
    for (long i = 0; i < entries->count; i++) arguments[i + 3] = entries->ids[i];
    for (long i = 0; i < entries->count + 3; i++) entries->lengths[i] = strlen(arguments[i]);
    redisAppendCommandArgv(redis, (int)entries->count + 3, arguments, entries->lengths);
    arguments[1] = "XDEL", arguments[2] = "pending";
    entries->lengths[1] = 4, entries->lengths[2] = 7;
    redisAppendCommandArgv(redis, (int)entries->count + 2, arguments + 1, entries->lengths + 1);
}

// Reads what a claim brought, and does it.
static void receive_entries(struct client *client, struct entries *entries) {
    redisReply *reply = receive(client->redis);
    if (reply->type == REDIS_REPLY_ARRAY) {
        redisReply *read = reply->element[0]->element[1];
        for (size_t i = 0; i < read->elements; i++) {
            redisReply *entry = read->element[i], *id = entry->element[0];
            if (id->len >= ID_BYTES) fail("an entry's id is too long", id->str);
            memcpy(entries->ids[entries->count++], id->str, (size_t)id->len + 1);
            work(client, entry->element[1]->element[1]->str);
        }
    }
    freeReplyObject(reply);
}

void streams(struct client *client) {
    redisContext *redis = client->redis;
    struct entries entries = make_entries(client->batch);
    for (long sent = 0; sent < client->tasks || entries.count > 0;) {
        long count = next_count(client, sent), before = 0;
        if (entries.count > 0) append_removal(redis, &entries), before += 2;
        if (!client->drains) append_entries(client, sent, count), before += count;
        if (count > 0)
            redisAppendCommand(redis, "XREADGROUP GROUP workers %d COUNT %ld STREAMS pending >", client->number, count);
        skip(redis, before);
        entries.count = 0;
        if (count > 0) receive_entries(client, &entries);
        sent += count;
    }
    free(entries.ids);
    free(entries.arguments);
    free(entries.lengths);
}
