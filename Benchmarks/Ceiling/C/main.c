// The least that each way to queue on Redis needs, with nothing around it: no journal, no audit, no results.
//
//     ceiling WAY SOCKET TASKS BATCH CLIENTS [--drain | --producer] [--compute]
//     ceiling hop SOCKET MESSAGES RATE SEED
//
// CLIENTS processes share TASKS tasks of 64 bytes, BATCH at a time; with --drain the tasks are there before they begin, and
// nothing is pushed; with --producer one process more pushes them all meanwhile (claims only); with --compute each task computes F(90) and writes a record of 64 bytes into a mapped file. Each way's
// file says what it does. The server at the unix socket SOCKET is flushed.
//
// Prints name=value pairs: tasks_per_s, from the start of the first client to the end of the last; per task the µs of CPU of
// the server (redis_us), of it for filling the queue before that (fill_us), and of the clients (client_us).

#include "ceiling.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct way ways[] = {
    {"round-trip", round_trips, NULL},        {"push", push, NULL},
    {"plain", plain, "LPUSH"},                {"lock-scripts", lock_scripts, "RPUSH"},
    {"lease-scripts", lease_scripts, "RPUSH"}, {"claims", claims, "RPUSH"},
    {"claims-lean", claims_lean, "RPUSH"},    {"streams", streams, "XADD"},
};
enum { WAYS = sizeof ways / sizeof *ways, MOST_CLIENTS = 64, FILL_BATCH = 256 };

struct plan {
    const struct way *way;
    const char *socket;
    long share, batch, clients;
    bool drains, computes, has_producer;
};

static _Noreturn void explain(void) {
    fprintf(stderr, "usage: ceiling WAY SOCKET TASKS BATCH CLIENTS [--drain | --producer] [--compute]\n"
                    "       ceiling hop SOCKET MESSAGES RATE SEED\n"
                    "  WAY is one of:");
    for (int i = 0; i < WAYS; i++) fprintf(stderr, " %s", ways[i].name);
    fprintf(stderr, "; BATCH is from 1 to %d, CLIENTS from 1 to %d\n", LARGEST_BATCH, MOST_CLIENTS);
    exit(64);
}

static struct plan read_plan(int count, char **arguments) {
    struct plan plan = {.socket = arguments[2], .batch = atol(arguments[4]), .clients = atol(arguments[5])};
    for (int i = 0; i < WAYS; i++)
        if (strcmp(arguments[1], ways[i].name) == 0) plan.way = &ways[i];
    if (plan.way == NULL || plan.batch < 1 || plan.batch > LARGEST_BATCH || plan.clients < 1 || plan.clients > MOST_CLIENTS)
        explain();
    plan.share = atol(arguments[3]) / plan.clients;
    for (int i = 6; i < count; i++) {
        if (strcmp(arguments[i], "--drain") == 0 && plan.way->fills != NULL) plan.drains = true;
        else if (strcmp(arguments[i], "--producer") == 0 && (plan.way->run == claims || plan.way->run == claims_lean))
            plan.has_producer = true;
        else if (strcmp(arguments[i], "--compute") == 0) plan.computes = true;
        else explain();
    }
    if (plan.share < 1 || (plan.drains && plan.has_producer)) explain();
    return plan;
}

// Puts the tasks of every client where they are claimed from, as many at a time as our generator sends.
static void fill(const struct plan *plan, redisContext *redis) {
    struct client filler = {.redis = redis, .tasks = plan->share * plan->clients, .batch = FILL_BATCH};
    for (long sent = 0; sent < filler.tasks;) {
        long count = next_count(&filler, sent);
        if (strcmp(plan->way->fills, "XADD") == 0) {
            append_entries(&filler, sent, count);
            skip(redis, count);
        } else {
            append_push(&filler, plan->way->fills, sent, count);
            skip(redis, 1);
        }
        sent += count;
    }
}

// Client 0 is the producer.
static void be_client(const struct plan *plan, int number) {
    struct client client = {
        .redis = open_redis(plan->socket), .number = number, .tasks = plan->share, .batch = plan->batch,
        .drains = plan->drains || plan->has_producer, .records = plan->computes ? map_records() : NULL,
    };
    if (number == 0) client.tasks *= plan->clients;
    (number == 0 ? push : plan->way->run)(&client);
    if (client.done != client.tasks) fail("a client", "did another number of tasks");
    redisFree(client.redis);
}

// Waits for the clients; should one fail, the others are ended.
static void await_clients(const pid_t *clients, long count) {
    bool is_well = true;
    for (long i = 0; i < count; i++) {
        int status = 0;
        if (wait(&status) > 0 && status == 0) continue;
        for (long j = 0; is_well && j < count; j++) kill(clients[j], SIGKILL);
        is_well = false;
    }
    if (!is_well) fail("a client", "ended badly");
}

static void run_clients(const struct plan *plan) {
    pid_t parent = getpid(), clients[MOST_CLIENTS + 1];
    long count = 0;
    for (int number = plan->has_producer ? 0 : 1; number <= plan->clients; number++) {
        pid_t child = fork();
        if (child < 0) fail("fork", strerror(errno));
        if (child == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            if (getppid() != parent) _exit(1);
            be_client(plan, number);
            exit(0);
        }
        clients[count++] = child;
    }
    await_clients(clients, count);
}

// µs of CPU that the clients which have ended used.
static double clients_cpu(void) {
    struct rusage used;
    getrusage(RUSAGE_CHILDREN, &used);
    return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e6 + (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
}

int main(int count, char **arguments) {
    if (count < 6) explain();
    if (strcmp(arguments[1], "hop") == 0) {
        long messages = atol(arguments[3]);
        double rate = atof(arguments[4]);
        if (messages < 1 || rate <= 0) explain();
        hop(arguments[2], messages, rate, (unsigned)atol(arguments[5]));
        return 0;
    }
    struct plan plan = read_plan(count, arguments);
    redisContext *redis = open_redis(plan.socket);
    freeReplyObject(call(redis, "FLUSHALL%s", ""));
    if (plan.way->run == streams) freeReplyObject(call(redis, "XGROUP CREATE pending %s 0 MKSTREAM", "workers"));

    double at_first = server_cpu(redis);
    if (plan.drains) fill(&plan, redis);
    double filled = server_cpu(redis), began = seconds();
    run_clients(&plan);
    double took = seconds() - began, ended = server_cpu(redis), tasks = (double)(plan.share * plan.clients);
    redisFree(redis);
    printf("tasks_per_s=%.0f redis_us=%.4f fill_us=%.4f client_us=%.4f\n", tasks / took, (ended - at_first) / tasks,
           (filled - at_first) / tasks, clients_cpu() / tasks);
    return 0;
}
