// Runs what the C shims compute themselves against GMP, MPFR and hiredis done plainly: scripts/check-arm64.sh compiles it for
// arm64, where limbs, words and `char` are not those of x86-64's libraries. Prints what it held; exits with 1 at the first
// difference.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CGMP/shim.h"
#include "CHiredis/shim.h"
#include "CMPFR/shim.h"

static void hold(int is_so, const char *what) {
    printf("  %s: %s\n", what, is_so ? "holds" : "DOES NOT HOLD");
    if (!is_so) exit(1);
}

// F(2n) = F(n) (F(n) + 2 F(n-1)), where the product is made by GMP's transform modulo 2^(64 limbs) + 1.
static void hold_transform(uint64_t n) {
    mpz_t f, before, factor, product, expected;
    mpz_inits(f, before, factor, product, expected, NULL);
    fibq_mpz_fib2_ui(f, before, n);
    mpz_addmul_ui(factor, before, 2);
    mpz_add(factor, factor, f);
    fibq_mpz_mul_fermat(product, f, factor, fibq_fermat_size(mpz_size(f) + mpz_size(factor)));
    fibq_mpz_fib_ui(expected, 2 * n);
    hold(mpz_cmp(product, expected) == 0, "F(2n) by the transform");
    mpz_clears(f, before, factor, product, expected, NULL);
}

// A number modulo B² - 1 from what it is modulo B + 1 and modulo B - 1.
static void hold_join(uint64_t n, size_t limbs) {
    mpz_t f, modulus, x, y;
    mpz_inits(f, modulus, x, y, NULL);
    fibq_mpz_fib_ui(f, n);
    mpz_setbit(modulus, 64 * limbs);
    mpz_add_ui(modulus, modulus, 1);
    mpz_mod(x, f, modulus);
    mpz_sub_ui(modulus, modulus, 2);
    mpz_mod(y, f, modulus);
    fibq_mpz_join(x, y, limbs);
    mpz_set_ui(modulus, 0);
    mpz_setbit(modulus, 128 * limbs);
    mpz_sub_ui(modulus, modulus, 1);
    hold(mpz_congruent_p(x, f, modulus) && mpz_sgn(x) >= 0 && mpz_cmp(x, modulus) <= 0, "halves joined");
    mpz_clears(f, modulus, x, y, NULL);
}

// F(n) = ⌊φⁿ/√5⌉, by MPFR, with a bit for each of φⁿ's and some more.
static void hold_closed_formula(unsigned long n) {
    mpfr_t root, power;
    mpz_t rounded, expected;
    mpfr_inits2(n + 64, root, power, (mpfr_ptr)0);
    mpz_inits(rounded, expected, NULL);
    mpfr_sqrt_ui(root, 5, MPFR_RNDN);
    mpfr_add_ui(power, root, 1, MPFR_RNDN);
    mpfr_div_2ui(power, power, 1, MPFR_RNDN);
    mpfr_pow_ui(power, power, n, MPFR_RNDN);
    mpfr_div(power, power, root, MPFR_RNDN);
    mpfr_get_z(rounded, power, MPFR_RNDN);
    fibq_mpz_fib_ui(expected, n);
    hold(mpz_cmp(rounded, expected) == 0, "the closed formula, rounded");
    mpz_clears(rounded, expected, NULL);
    mpfr_clears(root, power, (mpfr_ptr)0);
}

// A reply read as from a socket, in two pieces.
static void hold_reply(void) {
    static const char text[] = "*2\r\n:-7\r\n$3\r\n\xce\xa6!\r\n";
    redisReader *reader = redisReaderCreate();
    redisReply *reply = NULL;
    redisReaderFeed(reader, text, 10);
    redisReaderFeed(reader, text + 10, sizeof text - 1 - 10);
    int is_read = redisReaderGetReply(reader, (void **)&reply) == REDIS_OK && reply != NULL;
    hold(is_read && reply->elements == 2 && reply->element[0]->integer == -7 && reply->element[1]->len == 3 &&
             memcmp(reply->element[1]->str, "\xce\xa6!", 3) == 0,
         "a reply in two pieces");
    freeReplyObject(reply);
    redisReaderFree(reader);
}

int main(void) {
    hold_transform(1000003);
    hold_join(100000, 600);
    hold_closed_formula(10000);
    hold_reply();
    return 0;
}
