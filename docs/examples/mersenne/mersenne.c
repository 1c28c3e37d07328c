/*
 * Finds the Mersenne primes 2^p - 1 among the exponents FIRST..LAST.
 *
 *   mersenne FIRST LAST        both inclusive, 1 <= FIRST <= LAST <= 65536
 *
 * For every prime exponent p: trial division by the only possible small factors, then, when none divides, the
 * Lucas-Lehmer test. Two files come out, in ascending order of p and always both, even when they are empty:
 *
 *   /out/mersenne.txt          each p for which 2^p - 1 is prime
 *   /out/residues.txt          each p that Lucas-Lehmer tested, and the low 64 bits of its last term, in hex:
 *                              all zero for a prime; what two runs must agree on for all others
 *
 * Exit: 0 done, 1 the output could not be written, 2 wrong arguments.
 *
 * No stdio, no allocation, no floating point: the same instructions run wherever the module runs.
 */
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

enum { EXPONENT_MAX = 65536, LIMBS_MAX = EXPONENT_MAX / 32 + 1, BUFFER = 4096 };

/* Candidate factors 2kp + 1 are tried for k up to this many times p: little against the Lucas-Lehmer test they may save. */
enum { FACTORS_PER_P = 2 };

struct sink {
  int fd;
  int failed;
  size_t used;
  char bytes[BUFFER];
};

static uint32_t term[LIMBS_MAX];
static uint32_t product[2 * LIMBS_MAX + 1];
static struct sink primes, residues;

static void flush(struct sink *sink) {
  size_t done = 0;
  while (done < sink->used && !sink->failed) {
    ssize_t n = write(sink->fd, sink->bytes + done, sink->used - done);
    if (n <= 0) {
      sink->failed = 1;
    } else {
      done += (size_t)n;
    }
  }
  sink->used = 0;
}

static void put(struct sink *sink, char c) {
  if (sink->used == BUFFER) {
    flush(sink);
  }
  sink->bytes[sink->used++] = c;
}

static void put_decimal(struct sink *sink, uint32_t n) {
  char digits[10];
  int count = 0;
  do {
    digits[count++] = (char)('0' + n % 10);
    n /= 10;
  } while (n != 0);
  while (count > 0) {
    put(sink, digits[--count]);
  }
}

static void put_hex64(struct sink *sink, uint64_t n) {
  for (int shift = 60; shift >= 0; shift -= 4) {
    put(sink, "0123456789abcdef"[(n >> shift) & 15]);
  }
}

static int is_prime(uint32_t n) {
  if (n < 4) {
    return n >= 2;
  }
  if (n % 2 == 0) {
    return 0;
  }
  for (uint32_t d = 3; d * d <= n; d += 2) {
    if (n % d == 0) {
      return 0;
    }
  }
  return 1;
}

/* Whether q divides 2^p - 1; q is odd and below 2^32, p is not 0. */
static int divides(uint64_t q, uint32_t p) {
  uint64_t power = 2;
  for (int bit = 30 - __builtin_clz(p); bit >= 0; bit--) {
    power = power * power % q;
    if ((p >> bit) & 1) {
      power = power * 2 % q;
    }
  }
  return power == 1;
}

/*
 * Whether a factor of 2^p - 1 is soon found, p an odd prime. Every factor is 2kp + 1 and 1 or 7 modulo 8. The search
 * ends at the square root, so that 2^p - 1 itself never counts, and below 2^32, where the products above would overflow.
 */
static int has_small_factor(uint32_t p) {
  uint64_t whole = p < 64 ? (UINT64_C(1) << p) - 1 : UINT64_MAX;
  for (uint32_t k = 1; k <= FACTORS_PER_P * p; k++) {
    uint64_t q = 2 * (uint64_t)k * p + 1;
    if (q > UINT32_MAX || q * q > whole) {
      return 0;
    }
    if (((q & 7) == 1 || (q & 7) == 7) && divides(q, p)) {
      return 1;
    }
  }
  return 0;
}

/* product[0 .. 2n) = term[0 .. n) squared: each mixed product once, doubled, then the squares. */
static void square(int n) {
  memset(product, 0, sizeof(uint32_t) * (size_t)(2 * n + 1));
  for (int i = 0; i < n; i++) {
    uint64_t a = term[i];
    uint64_t carry = 0;
    for (int j = i + 1; j < n; j++) {
      carry += a * term[j] + product[i + j];
      product[i + j] = (uint32_t)carry;
      carry >>= 32;
    }
    product[i + n] = (uint32_t)carry;
  }
  uint32_t out = 0;
  uint64_t carry = 0;
  for (int i = 0; i < n; i++) {
    uint64_t squared = (uint64_t)term[i] * term[i];
    uint32_t low = product[2 * i], high = product[2 * i + 1];
    carry += (uint64_t)(low << 1 | out) + (uint32_t)squared;
    product[2 * i] = (uint32_t)carry;
    carry = (carry >> 32) + (high << 1 | low >> 31) + (squared >> 32);
    product[2 * i + 1] = (uint32_t)carry;
    carry >>= 32;
    out = high >> 31;
  }
}

/* term = product modulo 2^p - 1: the bits from p up are worth as much as the bits from 0 up. */
static void reduce(uint32_t p, int n) {
  int word = (int)(p / 32), bit = (int)(p % 32);
  uint32_t top = (UINT32_C(1) << bit) - 1; /* p is odd, so bit is never 0 */
  uint64_t carry = 0;
  for (int i = 0; i < n; i++) {
    uint32_t low = i < n - 1 ? product[i] : product[i] & top;
    uint32_t high = (uint32_t)((((uint64_t)product[i + word + 1] << 32) | product[i + word]) >> bit);
    carry += (uint64_t)low + high;
    term[i] = (uint32_t)carry;
    carry >>= 32;
  }
  carry = term[n - 1] >> bit;
  term[n - 1] &= top;
  for (int i = 0; i < n && carry != 0; i++) {
    carry += term[i];
    term[i] = (uint32_t)carry;
    carry >>= 32;
  }
}

/* term = term - 2 modulo 2^p - 1, for a term that is not yet made unique: 0 may also stand as 2^p - 1. */
static void minus_two(uint32_t p, int n) {
  uint32_t borrow = 2;
  for (int i = 0; i < n && borrow != 0; i++) {
    uint32_t before = term[i];
    term[i] = before - borrow;
    borrow = before < borrow;
  }
  if (borrow != 0) { /* below zero by wrapping at 32n bits: bring it back to p bits and take the 1 that 2^p is worth */
    term[n - 1] &= (UINT32_C(1) << p % 32) - 1;
    for (int i = 0; i < n && borrow != 0; i++) {
      uint32_t before = term[i];
      term[i] = before - borrow;
      borrow = before < borrow;
    }
  }
}

/* 2^p - 1 and 0 are the same residue; only 0 is kept. */
static void make_unique(uint32_t p, int n) {
  for (int i = 0; i < n - 1; i++) {
    if (term[i] != UINT32_MAX) {
      return;
    }
  }
  if (term[n - 1] == (UINT32_C(1) << p % 32) - 1) {
    memset(term, 0, sizeof(uint32_t) * (size_t)n);
  }
}

/* The last Lucas-Lehmer term for an odd prime p, left in term; returns whether it is zero, that is, 2^p - 1 is prime. */
static int lucas_lehmer(uint32_t p) {
  int n = (int)(p / 32) + 1;
  memset(term, 0, sizeof term);
  term[0] = 4;
  for (uint32_t step = 2; step < p; step++) {
    square(n);
    reduce(p, n);
    minus_two(p, n);
  }
  make_unique(p, n);
  for (int i = 0; i < n; i++) {
    if (term[i] != 0) {
      return 0;
    }
  }
  return 1;
}

static void test(uint32_t p) {
  int prime = 1;
  if (p > 2) { /* the test is for odd exponents; 2^2 - 1 = 3 needs none */
    if (has_small_factor(p)) {
      return;
    }
    prime = lucas_lehmer(p);
    put_decimal(&residues, p);
    put(&residues, ' ');
    put_hex64(&residues, (uint64_t)term[1] << 32 | term[0]);
    put(&residues, '\n');
  }
  if (prime) {
    put_decimal(&primes, p);
    put(&primes, '\n');
  }
}

/* A plain decimal from 1 to EXPONENT_MAX, or 0 when text is none. */
static uint32_t exponent(const char *text) {
  uint32_t n = 0;
  for (; *text >= '0' && *text <= '9' && n <= EXPONENT_MAX; text++) {
    n = n * 10 + (uint32_t)(*text - '0');
  }
  return *text == '\0' && n <= EXPONENT_MAX ? n : 0;
}

static void create(struct sink *sink, const char *path) {
  sink->fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
  sink->failed = sink->fd < 0;
}

static int finish(struct sink *sink) {
  flush(sink);
  return !sink->failed && close(sink->fd) == 0;
}

static int complain(int code, const char *sentence) {
  (void)!write(STDERR_FILENO, sentence, strlen(sentence));
  return code;
}

int main(int argc, char **argv) {
  uint32_t first = argc == 3 ? exponent(argv[1]) : 0;
  uint32_t last = argc == 3 ? exponent(argv[2]) : 0;
  if (first == 0 || last < first) {
    return complain(2, "mersenne wants FIRST LAST with 1 <= FIRST <= LAST <= 65536\n");
  }
  create(&primes, "/out/mersenne.txt");
  create(&residues, "/out/residues.txt");
  for (uint32_t p = first; p <= last; p++) {
    if (is_prime(p)) {
      test(p);
    }
  }
  int written = finish(&primes);
  written &= finish(&residues);
  return written ? 0 : complain(1, "mersenne could not write its results to /out\n");
}
