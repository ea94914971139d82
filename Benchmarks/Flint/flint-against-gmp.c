// Whether FLINT multiplies long integers faster than GMP does, and in how much memory: the last step of F(n), which is
// F(n/2) times the Lucas number L(n/2). (FLINT's own fmpz_fib_ui hands large n to GMP.)
//
// For each n the two libraries take turns in one process, which is what is timed; then each multiplies once in a process
// of its own, whose peak memory above its start is told. Prints CSV.

#include <flint/fft.h>
#include <flint/flint.h>
#include <gmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { most_pairs = 41 };

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

// Makes `product`, which has room for both sizes, of two numbers of which the first has no fewer words.
static void multiply(int with_flint, mp_ptr product, mpz_srcptr a, mpz_srcptr b) {
    mp_size_t first = (mp_size_t)mpz_size(a), second = (mp_size_t)mpz_size(b);
    if (with_flint) {
        flint_mpn_mul_fft_main(product, mpz_limbs_read(a), first, mpz_limbs_read(b), second);
    } else {
        mpn_mul(product, mpz_limbs_read(a), first, mpz_limbs_read(b), second);
    }
}

static int ascending(const void *a, const void *b) {
    double first = *(const double *)a, second = *(const double *)b;
    return (first > second) - (first < second);
}

static double median(double *values, int count) {
    qsort(values, (size_t)count, sizeof *values, ascending);
    return values[count / 2];
}

static long peak_kib(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

// The peak that one multiplication adds to, the product in it.
static long memory_kib(int with_flint, mpz_srcptr a, mpz_srcptr b) {
    int ends[2];
    if (pipe(ends) != 0) abort();
    pid_t child = fork();
    if (child < 0) abort();
    if (child == 0) {
        long before = peak_kib();
        mp_ptr product = malloc((mpz_size(a) + mpz_size(b)) * sizeof(mp_limb_t));
        if (product == NULL) abort();
        multiply(with_flint, product, a, b);
        long growth = peak_kib() - before;
        _exit(write(ends[1], &growth, sizeof growth) == sizeof growth ? 0 : 1);
    }
    long growth = 0;
    if (read(ends[0], &growth, sizeof growth) != sizeof growth) abort();
    close(ends[0]);
    close(ends[1]);
    waitpid(child, NULL, 0);
    return growth;
}

static void compare(unsigned long n, int pairs) {
    mpz_t fibonacci, lucas;
    mpz_init(fibonacci);
    mpz_init(lucas);
    mpz_fib_ui(fibonacci, n / 2);
    mpz_lucnum_ui(lucas, n / 2);
    long memory[2] = {memory_kib(0, lucas, fibonacci), memory_kib(1, lucas, fibonacci)};
    mp_size_t words = (mp_size_t)(mpz_size(fibonacci) + mpz_size(lucas));
    mp_ptr products[2] = {malloc((size_t)words * sizeof(mp_limb_t)), malloc((size_t)words * sizeof(mp_limb_t))};
    if (products[0] == NULL || products[1] == NULL) abort();

    double times[2][most_pairs], ratios[most_pairs];
    for (int pair = -1; pair < pairs; pair++) {
        double spent[2];
        for (int turn = 0; turn < 2; turn++) {
            int library = (pair + turn) & 1;
            double began = now();
            multiply(library, products[library], lucas, fibonacci);
            spent[library] = now() - began;
        }
        // The first pair warms up.
        if (pair < 0) continue;
        ratios[pair] = spent[1] / spent[0];
        for (int library = 0; library < 2; library++) times[library][pair] = spent[library];
    }
    if (mpn_cmp(products[0], products[1], words) != 0) abort();
    double ratio = median(ratios, pairs);
    for (int library = 0; library < 2; library++) {
        printf("%lu,%s,%s,%d,%.0f,%.3f,%ld\n", n, library ? "flint" : "gmp", library ? FLINT_VERSION : gmp_version,
               pairs, median(times[library], pairs), library ? ratio : 1.0, memory[library]);
    }
    fflush(stdout);
}

int main(void) {
    printf("n,library,version,pairs,median_ns,ratio_to_gmp,peak_kib\n");
    fflush(stdout);
    compare(1000000, 41);
    compare(10000000, 41);
    compare(100000000, 15);
    return 0;
}
