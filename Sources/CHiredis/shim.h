#ifndef FIBQ_CHIREDIS_SHIM_H
#define FIBQ_CHIREDIS_SHIM_H

#include <hiredis/hiredis.h>

#include "replies.h"

/// The server's or the library's words on a context. `errstr` is a C array,
/// which Swift would import as a tuple of 128 characters.
static inline const char *fibq_redis_error_text(const redisContext *context) {
    return context->errstr;
}

#endif
