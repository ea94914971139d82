#ifndef FIBQ_CHIREDIS_REPLIES_H
#define FIBQ_CHIREDIS_REPLIES_H

#include <hiredis/hiredis.h>
#include <stdlib.h>
#include <string.h>

/// How hiredis' reader hands over what it parses: instead of an object an element, into two buffers that are used again for
/// the next reply. In C, since the types of these functions differ between releases of hiredis.

/// One reply or one element of an array, in the order of the wire: an array stands before its elements.
typedef struct fibq_reply_node {
    /// The integer; of text where it begins in `bytes`; of an array how many elements it has.
    long long value;
    /// The length of text, shifted by 8 bits, and the type in the lowest byte (REDIS_REPLY_…). Of an array, in place of the
    /// length: 1 when one of its elements is an array.
    long long tag;
} fibq_reply_node;

/// What was parsed.
typedef struct fibq_replies {
    char *bytes;
    size_t byte_count, byte_capacity;
    fibq_reply_node *nodes;
    size_t count, capacity;
    /// The size on the wire.
    size_t wire_bytes;
} fibq_replies;

static inline size_t fibq_digits(long long number) {
    unsigned long long left = number < 0 ? 0ull - (unsigned long long)number : (unsigned long long)number;
    size_t digits = number < 0 ? 2 : 1;
    for (; left >= 10; left /= 10) digits++;
    return digits;
}

/// Appends a node. Answers what hiredis takes for the object: 1 and its index, since 0 would be a failure; NULL without
/// memory.
static inline void *fibq_replies_add(fibq_replies *replies, long long value, long long tag) {
    if (replies->count == replies->capacity) {
        size_t capacity = replies->capacity ? 2 * replies->capacity : 64;
        fibq_reply_node *nodes = (fibq_reply_node *)realloc(replies->nodes, capacity * sizeof *nodes);
        if (nodes == NULL) return NULL;
        replies->nodes = nodes;
        replies->capacity = capacity;
    }
    replies->nodes[replies->count].value = value;
    replies->nodes[replies->count].tag = tag;
    return (void *)++replies->count;
}

static inline void *fibq_replies_add_text(const redisReadTask *task, char *text, size_t length) {
    fibq_replies *replies = (fibq_replies *)task->privdata;
    if (replies->byte_capacity - replies->byte_count < length) {
        size_t capacity = 2 * replies->byte_capacity + length + 1024;
        char *bytes = (char *)realloc(replies->bytes, capacity);
        if (bytes == NULL) return NULL;
        replies->bytes = bytes;
        replies->byte_capacity = capacity;
    }
    memcpy(replies->bytes + replies->byte_count, text, length);
    long long start = (long long)replies->byte_count;
    replies->byte_count += length;
    replies->wire_bytes += length + 3;
    if (task->type == REDIS_REPLY_STRING) replies->wire_bytes += fibq_digits((long long)length) + 2;
    return fibq_replies_add(replies, start, (long long)length << 8 | task->type);
}

#if HIREDIS_MAJOR >= 1
static inline void *fibq_replies_add_array(const redisReadTask *task, size_t elements) {
#else
static inline void *fibq_replies_add_array(const redisReadTask *task, int elements) {
#endif
    fibq_replies *replies = (fibq_replies *)task->privdata;
    if (task->parent != NULL) replies->nodes[(size_t)task->parent->obj - 1].tag |= 1 << 8;
    // One that is in no other, with something before it, is a reply among several, in the array that was added for them.
    else if (replies->count > 0) replies->nodes[0].tag |= 1 << 8;
    replies->wire_bytes += fibq_digits((long long)elements) + 3;
    return fibq_replies_add(replies, (long long)elements, REDIS_REPLY_ARRAY);
}

static inline void *fibq_replies_add_integer(const redisReadTask *task, long long value) {
    fibq_replies *replies = (fibq_replies *)task->privdata;
    replies->wire_bytes += fibq_digits(value) + 3;
    return fibq_replies_add(replies, value, REDIS_REPLY_INTEGER);
}

static inline void *fibq_replies_add_nil(const redisReadTask *task) {
    fibq_replies *replies = (fibq_replies *)task->privdata;
    replies->wire_bytes += 5;
    return fibq_replies_add(replies, 0, REDIS_REPLY_NIL);
}

/// Nothing to free: the nodes go with their buffer.
static inline void fibq_replies_free_object(void *object) { (void)object; }

/// Makes the reader of a context write into `replies` from now on.
static inline void fibq_replies_attach(redisContext *context, fibq_replies *replies) {
    static redisReplyObjectFunctions functions = {
        .createString = fibq_replies_add_text,
        .createArray = fibq_replies_add_array,
        .createInteger = fibq_replies_add_integer,
        .createNil = fibq_replies_add_nil,
        .freeObject = fibq_replies_free_object,
    };
#if HIREDIS_MAJOR >= 1
    // It would look into each reply for a push message, and take ours for objects of hiredis.
    redisSetPushCallback(context, NULL);
#endif
    context->reader->fn = &functions;
    context->reader->privdata = replies;
}

#endif
