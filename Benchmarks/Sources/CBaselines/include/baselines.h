#ifndef FIBQ_BASELINES_H
#define FIBQ_BASELINES_H

#include <stdint.h>

/// Nanoseconds of the monotonic clock.
uint64_t fibq_now(void);

/// `n`, unseen by the optimiser.
uint64_t fibq_opaque(uint64_t n);

/// `calls` times F(n) by n additions in 64 bits; the sum of the results, so that none is left out.
uint64_t fibq_iterative_calls(uint64_t n, int64_t calls);

/// `calls` times `mpz_fib_ui(x, n)` on one x.
void fibq_gmp_calls(uint64_t n, int64_t calls);

/// `calls` times `mpz_get_str` of F(n) in decimal, each into memory of its own; nanoseconds, F(n) not among them.
uint64_t fibq_decimal_nanoseconds(uint64_t n, int64_t calls);

#endif
