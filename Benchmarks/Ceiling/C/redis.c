// The connection and its replies.

#include "ceiling.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Noreturn void fail(const char *what, const char *why) {
    fprintf(stderr, "ceiling: %s: %s\n", what, why);
    exit(1);
}

redisContext *open_redis(const char *socket) {
    redisContext *redis = redisConnectUnix(socket);
    if (redis == NULL || redis->err) fail(socket, redis ? redis->errstr : "no memory");
    return redis;
}

redisReply *receive(redisContext *redis) {
    void *reply = NULL;
    if (redisGetReply(redis, &reply) != REDIS_OK) fail("the server", redis->errstr);
    redisReply *received = reply;
    if (received->type == REDIS_REPLY_ERROR) fail("the server answered", received->str);
    return received;
}

void skip(redisContext *redis, long replies) {
    for (long i = 0; i < replies; i++) freeReplyObject(receive(redis));
}

redisReply *call(redisContext *redis, const char *format, const char *argument) {
    redisAppendCommand(redis, format, argument);
    return receive(redis);
}

char *load_script(redisContext *redis, const char *script) {
    redisReply *reply = call(redis, "SCRIPT LOAD %s", script);
    char *hash = strdup(reply->str);
    if (hash == NULL) fail("a script's hash", "no memory");
    freeReplyObject(reply);
    return hash;
}

static double number_after(const char *text, const char *name) {
    const char *at = strstr(text, name);
    if (at == NULL) fail("INFO lacks", name);
    return atof(at + strlen(name));
}

double server_cpu(redisContext *redis) {
    redisReply *reply = call(redis, "INFO %s", "cpu");
    double used = number_after(reply->str, "used_cpu_sys:") + number_after(reply->str, "used_cpu_user:");
    freeReplyObject(reply);
    return used * 1e6;
}
