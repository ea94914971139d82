#ifndef FIBQ_CGMP_SHIM_H
#define FIBQ_CGMP_SHIM_H

#include <gmp.h>
#include <stdint.h>
#include <stddef.h>

// GMP's documented names are macros (`mpz_add` stands for `__gmpz_add`), which Swift does not import: each function
// below gives one of them a name that it does. Those that do more than forward say so.

// GMP speaks `unsigned long`, the callers 64 bits.
_Static_assert(sizeof(unsigned long) == sizeof(uint64_t), "a platform with 64-bit long is needed");

static inline void fibq_mpz_init(mpz_ptr x) { mpz_init(x); }
static inline void fibq_mpz_init2(mpz_ptr x, uint64_t bits) { mpz_init2(x, bits); }
static inline void fibq_mpz_init_set(mpz_ptr x, mpz_srcptr value) { mpz_init_set(x, value); }
static inline void fibq_mpz_init_set_ui(mpz_ptr x, uint64_t value) { mpz_init_set_ui(x, value); }
static inline void fibq_mpz_init_set_si(mpz_ptr x, int64_t value) { mpz_init_set_si(x, value); }
static inline void fibq_mpz_init_set_d(mpz_ptr x, double value) { mpz_init_set_d(x, value); }
static inline void fibq_mpz_clear(mpz_ptr x) { mpz_clear(x); }

static inline void fibq_mpz_set(mpz_ptr x, mpz_srcptr value) { mpz_set(x, value); }
static inline void fibq_mpz_set_ui(mpz_ptr x, uint64_t value) { mpz_set_ui(x, value); }
static inline int fibq_mpz_set_decimal(mpz_ptr x, const char *text) { return mpz_set_str(x, text, 10); }

static inline void fibq_mpz_add(mpz_ptr x, mpz_srcptr a, mpz_srcptr b) { mpz_add(x, a, b); }
static inline void fibq_mpz_sub(mpz_ptr x, mpz_srcptr a, mpz_srcptr b) { mpz_sub(x, a, b); }
static inline void fibq_mpz_mul(mpz_ptr x, mpz_srcptr a, mpz_srcptr b) { mpz_mul(x, a, b); }
static inline void fibq_mpz_addmul_ui(mpz_ptr x, mpz_srcptr a, uint64_t b) { mpz_addmul_ui(x, a, b); }
static inline void fibq_mpz_submul_ui(mpz_ptr x, mpz_srcptr a, uint64_t b) { mpz_submul_ui(x, a, b); }
static inline void fibq_mpz_mul_2exp(mpz_ptr x, mpz_srcptr a, uint64_t bits) { mpz_mul_2exp(x, a, bits); }
static inline void fibq_mpz_tdiv_q_2exp(mpz_ptr x, mpz_srcptr a, uint64_t bits) { mpz_tdiv_q_2exp(x, a, bits); }
static inline void fibq_mpz_tdiv_r_2exp(mpz_ptr x, mpz_srcptr a, uint64_t bits) { mpz_tdiv_r_2exp(x, a, bits); }
static inline void fibq_mpz_realloc2(mpz_ptr x, uint64_t bits) { mpz_realloc2(x, bits); }
static inline void fibq_mpz_divexact_ui(mpz_ptr x, mpz_srcptr a, uint64_t b) { mpz_divexact_ui(x, a, b); }
static inline void fibq_mpz_neg(mpz_ptr x, mpz_srcptr a) { mpz_neg(x, a); }
static inline void fibq_mpz_gcd(mpz_ptr x, mpz_srcptr a, mpz_srcptr b) { mpz_gcd(x, a, b); }
static inline void fibq_mpz_fib_ui(mpz_ptr x, uint64_t n) { mpz_fib_ui(x, n); }
static inline void fibq_mpz_fib2_ui(mpz_ptr x, mpz_ptr before, uint64_t n) { mpz_fib2_ui(x, before, n); }
static inline size_t fibq_mpz_size(mpz_srcptr x) { return mpz_size(x); }

/// `x + a` for a signed `a`: GMP has it for unsigned ones only, as an addition and a subtraction.
static inline void fibq_mpz_add_si(mpz_ptr x, int64_t a) {
    if (a >= 0) {
        mpz_add_ui(x, x, (uint64_t)a);
    } else {
        mpz_sub_ui(x, x, 0 - (uint64_t)a);
    }
}

static inline int fibq_mpz_sgn(mpz_srcptr x) { return mpz_sgn(x); }
static inline int fibq_mpz_cmp(mpz_srcptr a, mpz_srcptr b) { return mpz_cmp(a, b); }
static inline uint64_t fibq_mpz_fdiv_ui(mpz_srcptr x, uint64_t modulus) { return mpz_fdiv_ui(x, modulus); }
static inline uint64_t fibq_mpz_scan1(mpz_srcptr x, uint64_t from) { return mpz_scan1(x, from); }
static inline size_t fibq_mpz_sizeinbase(mpz_srcptr x, int base) { return mpz_sizeinbase(x, base); }

// The transform modulo 2^(64 limbs) + 1 that GMP's multiplication of long numbers is made of. gmp.h does not declare
// it; the library exports it under these names, unchanged since version 4.2.
int __gmpn_fft_best_k(mp_size_t limbs, int squares);
mp_size_t __gmpn_fft_next_size(mp_size_t limbs, int k);
mp_limb_t __gmpn_mul_fft(mp_ptr product, mp_size_t limbs, mp_srcptr a, mp_size_t a_limbs, mp_srcptr b,
                         mp_size_t b_limbs, int k);

/// The smallest size from `limbs` on that the transform takes.
static inline size_t fibq_fermat_size(size_t limbs) {
    return (size_t)__gmpn_fft_next_size((mp_size_t)limbs, __gmpn_fft_best_k((mp_size_t)limbs, 0));
}

/// Makes x ≡ a b modulo 2^(64 limbs) + 1, 0 <= x; neither a nor b is zero, `limbs` is a size that the transform takes.
static inline void fibq_mpz_mul_fermat(mpz_ptr x, mpz_srcptr a, mpz_srcptr b, size_t limbs) {
    mp_size_t size = (mp_size_t)limbs;
    mp_ptr product = mpz_limbs_write(x, size + 1);
    product[size] = __gmpn_mul_fft(product, size, mpz_limbs_read(a), (mp_size_t)mpz_size(a), mpz_limbs_read(b),
                                   (mp_size_t)mpz_size(b), __gmpn_fft_best_k(size, 0));
    mpz_limbs_finish(x, size + 1);
}

/// The `count` lowest words of x >= 0, which may be changed; zeros where it has none. `mpz_limbs_finish` ends it.
static inline mp_ptr fibq_mpz_words(mpz_ptr x, mp_size_t count) {
    mp_size_t size = (mp_size_t)mpz_size(x);
    mp_ptr words = mpz_limbs_modify(x, count);
    if (size < count) mpn_zero(words + size, count - size);
    return words;
}

/// From x modulo B + 1 and, in y, x modulo B - 1, where B = 2^(64 limbs), makes x modulo B^2 - 1, which may come out as
/// that modulus instead of 0: x = p + h + B h, where p is the first and h half of y - p modulo B - 1. Uses y up.
///
/// Modulo B - 1 a borrow from above the top is one from below, and halving rotates by a bit. No memory but x's is taken.
static inline void fibq_mpz_join(mpz_ptr x, mpz_ptr y, size_t limbs) {
    mp_size_t size = (mp_size_t)limbs;
    mp_ptr low = fibq_mpz_words(x, 2 * size), high = low + size, half = fibq_mpz_words(y, size);
    mp_limb_t top = *high;
    mp_limb_t borrow = mpn_sub_n(half, half, low, size);
    borrow = mpn_sub_1(half, half, size, borrow + top);
    mpn_sub_1(half, half, size, borrow);
    mp_limb_t lowest = mpn_rshift(half, half, size, 1);
    half[size - 1] |= lowest;
    mp_limb_t carry = mpn_add_n(low, low, half, size);
    carry = mpn_add_1(high, half, size, carry + top);
    mpn_add_1(low, low, 2 * size, carry);
    mpz_limbs_finish(x, 2 * size);
    mpz_limbs_finish(y, size);
}

/// Copies the words of the magnitude, the lowest first, to where there is room for all of them.
static inline void fibq_mpz_copy_limbs(uint64_t *words, mpz_srcptr x) {
    const mp_limb_t *limbs = mpz_limbs_read(x);
    for (size_t i = 0; i < mpz_size(x); i++) words[i] = limbs[i];
}

/// Writes the digits and a zero byte. Swift's strings give out unsigned bytes, GMP wants `char`.
static inline void fibq_mpz_get_decimal(uint8_t *text, mpz_srcptr x) { mpz_get_str((char *)text, 10, x); }

/// The library's version. `gmp_version` is a macro for a variable, which Swift can't see.
static inline const char *fibq_gmp_version(void) {
    return gmp_version;
}

#endif
