// round-trip: PING and its answer, one after the other. No queue at all: what a wait for Redis costs.

#include "ceiling.h"

void round_trips(struct client *client) {
    for (; client->done < client->tasks; client->done++) {
        redisAppendCommand(client->redis, "PING");
        skip(client->redis, 1);
    }
}
