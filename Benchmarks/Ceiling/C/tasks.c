// The tasks: how they are made, put into the queue, and done.

#include "ceiling.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

// So many records, then from the first again: 64 MiB.
enum { RECORDS = 1 << 20 };

double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

long next_count(const struct client *client, long sent) {
    long left = client->tasks - sent;
    return left < client->batch ? left : client->batch;
}

void make_task(char *task, int client, long number) {
    uint64_t id = (uint64_t)client << 40 | (uint64_t)number;
    memset(task, 'x', TASK_BYTES);
    memcpy(task, &id, sizeof id);
    task[TASK_BYTES - 1] = 90;
}

void work(struct client *client, const char *task) {
    if (client->records != NULL) {
        uint64_t a = 0, b = 1;
        int n = (unsigned char)task[TASK_BYTES - 1];
        for (int i = 0; i < n; i++) {
            uint64_t next = a + b;
            a = b;
            b = next;
        }
        struct timespec now;
        clock_gettime(CLOCK_MONOTONIC, &now);
        char *record = client->records + client->done % RECORDS * RECORD_BYTES;
        memcpy(record, task, RECORD_BYTES - sizeof a - sizeof now);
        memcpy(record + RECORD_BYTES - sizeof a - sizeof now, &a, sizeof a);
        memcpy(record + RECORD_BYTES - sizeof now, &now, sizeof now);
    }
    client->done++;
}

char *map_records(void) {
    char path[] = "/tmp/ceiling-records-XXXXXX";
    int file = mkstemp(path);
    if (file < 0 || unlink(path) != 0 || ftruncate(file, (off_t)RECORDS * RECORD_BYTES) != 0)
        fail(path, strerror(errno));
    void *records = mmap(NULL, (size_t)RECORDS * RECORD_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (records == MAP_FAILED) fail(path, strerror(errno));
    close(file);
    return records;
}

void append_push(struct client *client, const char *command, long first, long count) {
    static char tasks[LARGEST_BATCH][TASK_BYTES];
    static const char *arguments[LARGEST_BATCH + 2];
    static size_t lengths[LARGEST_BATCH + 2];
    arguments[0] = command, lengths[0] = strlen(command);
    arguments[1] = "pending", lengths[1] = strlen("pending");
    for (long i = 0; i < count; i++) {
        make_task(tasks[i], client->number, first + i);
        arguments[i + 2] = tasks[i], lengths[i + 2] = TASK_BYTES;
    }
    redisAppendCommandArgv(client->redis, (int)count + 2, arguments, lengths);
}

void append_entries(struct client *client, long first, long count) {
    char task[TASK_BYTES];
    const char *arguments[] = {"XADD", "pending", "*", "e", task};
    const size_t lengths[] = {4, 7, 1, 1, TASK_BYTES};
    for (long i = 0; i < count; i++) {
        make_task(task, client->number, first + i);
        redisAppendCommandArgv(client->redis, 5, arguments, lengths);
    }
}
