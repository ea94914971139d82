#include "baselines.h"

#include <gmp.h>
#include <stdlib.h>
#include <time.h>

__attribute__((noinline)) uint64_t fibq_opaque(uint64_t n) {
    __asm__ volatile("" : "+r"(n));
    return n;
}

static __attribute__((noinline)) uint64_t iterative(uint64_t n) {
    uint64_t current = 0, next = 1;
    for (uint64_t i = 0; i < n; i++) {
        uint64_t sum = current + next;
        current = next;
        next = sum;
    }
    return current;
}

uint64_t fibq_iterative_calls(uint64_t n, int64_t calls) {
    uint64_t sum = 0;
    for (int64_t i = 0; i < calls; i++) sum += iterative(fibq_opaque(n));
    return sum;
}

void fibq_gmp_calls(uint64_t n, int64_t calls) {
    mpz_t x;
    mpz_init(x);
    for (int64_t i = 0; i < calls; i++) mpz_fib_ui(x, n);
    mpz_clear(x);
}

uint64_t fibq_now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

uint64_t fibq_decimal_nanoseconds(uint64_t n, int64_t calls) {
    mpz_t x;
    mpz_init(x);
    mpz_fib_ui(x, n);
    uint64_t began = fibq_now();
    for (int64_t i = 0; i < calls; i++) free(mpz_get_str(NULL, 10, x));
    uint64_t spent = fibq_now() - began;
    mpz_clear(x);
    return spent;
}
