// push: RPUSH of a batch, and its answer before the next. The least that a producer does.
//
// Left out: that a batch which is sent twice is there once, waking a worker, a record of what was sent.

#include "ceiling.h"

void push(struct client *client) {
    while (client->done < client->tasks) {
        long count = next_count(client, client->done);
        append_push(client, "RPUSH", client->done, count);
        skip(client->redis, 1);
        client->done += count;
    }
}
