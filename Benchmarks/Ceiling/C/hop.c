// hop: one process sends messages with LPUSH at random instants (Poisson), each when it is due; another blocks in BLMOVE for
// each and takes the time when it has it. The latency is counted from the instant at which the message was due, so that a
// process that can't keep up shows its backlog. The raw hop: no batches, no ack.
//
// A message that is due while the last one is still under way waits for its answer: one hop a message, on both sides.
//
// Prints name=value pairs: messages, p50_us, p90_us, p99_us, p99_9_us, max_us (exact), and rate_per_s as it came out.

#include "ceiling.h"

#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const uint64_t second = 1000000000;

static uint64_t nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * second + (uint64_t)now.tv_nsec;
}

static void sleep_until(uint64_t instant) {
    struct timespec time = {.tv_sec = (time_t)(instant / second), .tv_nsec = (long)(instant % second)};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, NULL) == EINTR) continue;
}

// Takes every message and notes how long it took from its intended instant.
static void receive_messages(const char *socket, long messages, uint64_t *latencies) {
    redisContext *redis = open_redis(socket);
    for (long i = 0; i < messages; i++) {
        redisReply *reply = call(redis, "BLMOVE hop %s RIGHT LEFT 0", "taken");
        uint64_t now = nanoseconds(), intended;
        memcpy(&intended, reply->str, sizeof intended);
        latencies[i] = now - intended;
        freeReplyObject(reply);
    }
    redisFree(redis);
}

// Sends them; returns how long it took, in nanoseconds.
static uint64_t send_messages(redisContext *redis, long messages, double rate, unsigned seed) {
    char message[TASK_BYTES];
    const char *arguments[] = {"LPUSH", "hop", message};
    const size_t lengths[] = {5, 3, TASK_BYTES};
    unsigned short state[3] = {0x330E, (unsigned short)seed, (unsigned short)(seed >> 16)};
    uint64_t start = nanoseconds() + second / 5;  // by then the other one waits
    double offset = 0;
    for (long i = 0; i < messages; i++) {
        uint64_t intended = start + (uint64_t)(offset * 1e9);
        make_task(message, 0, i);
        memcpy(message, &intended, sizeof intended);
        if (nanoseconds() < intended) sleep_until(intended);
        redisAppendCommandArgv(redis, 3, arguments, lengths);
        skip(redis, 1);
        offset -= log(1 - erand48(state)) / rate;
    }
    return nanoseconds() - start;
}

static int ascending(const void *left, const void *right) {
    uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

void hop(const char *socket, long messages, double rate, unsigned seed) {
    size_t size = (size_t)messages * sizeof(uint64_t);
    uint64_t *latencies = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (latencies == MAP_FAILED) fail("latencies", strerror(errno));
    memset(latencies, 0, size);  // no page is missing when one is noted
    redisContext *redis = open_redis(socket);
    freeReplyObject(call(redis, "FLUSHALL%s", ""));

    pid_t parent = getpid(), child = fork();
    if (child < 0) fail("fork", strerror(errno));
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent) _exit(1);
        receive_messages(socket, messages, latencies);
        exit(0);
    }
    double took = (double)send_messages(redis, messages, rate, seed) / 1e9;
    int status = 0;
    if (wait(&status) < 0 || status != 0) fail("the receiver", "ended badly");
    redisFree(redis);

    qsort(latencies, (size_t)messages, sizeof *latencies, ascending);
    static const struct { const char *name; double share; } columns[] = {
        {"p50_us", 0.5}, {"p90_us", 0.9}, {"p99_us", 0.99}, {"p99_9_us", 0.999}, {"max_us", 1}};
    printf("messages=%ld rate_per_s=%.3f", messages, (double)messages / took);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        // The nearest rank: the least value that so many are not above.
        long rank = (long)ceil(columns[i].share * (double)messages);
        printf(" %s=%.3f", columns[i].name, (double)latencies[rank > 0 ? rank - 1 : 0] / 1e3);
    }
    printf("\n");
}
