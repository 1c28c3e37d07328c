/*
 * Counts the primes of one of eight stretches of numbers: a second of work whose answer is known.
 *
 *   starter NUMBER             ten digits; the stretch is the remainder of NUMBER by 8
 *
 * Stretch s holds the numbers from s * 2^24 up to (s + 1) * 2^24 - 1. They are sieved with one octet for each odd
 * number, so that 8 MiB of memory are written and read again, and one file comes out:
 *
 *   /out/starter.txt           the first number of the stretch, its primes, their sum, the largest, and the sum of their
 *                              reciprocals, added from the smallest prime on in IEEE 754 binary64, as 16 hex digits
 *
 * Whoever has another sieve can check all five. Arithmetic with and without a point, memory and the order of
 * instructions must all be right for them to come out.
 *
 * Exit: 0 done, 1 the output could not be written, 2 wrong arguments.
 *
 * No stdio, no allocation; the number always has ten digits, so that no path depends on it but by its stretch.
 */
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

enum { DIGITS = 10, STRETCHES = 8, WIDTH = 1 << 24, ROOT = 1 << 14 }; /* ROOT^2 is not below STRETCHES * WIDTH */

static uint8_t small[ROOT];         /* composite numbers below ROOT are marked */
static uint8_t composite[WIDTH / 2]; /* composite[i]: first + 2i + 1 is composite */
static char text[128];
static size_t used;

static void put_decimal(uint64_t n) {
  char digits[20];
  int count = 0;
  do {
    digits[count++] = (char)('0' + n % 10);
    n /= 10;
  } while (n != 0);
  while (count > 0) {
    text[used++] = digits[--count];
  }
  text[used++] = ' ';
}

static void put_hex64(uint64_t n) {
  for (int shift = 60; shift >= 0; shift -= 4) {
    text[used++] = "0123456789abcdef"[(n >> shift) & 15];
  }
  text[used++] = '\n';
}

/* Marks the odd multiples of the odd prime p in the stretch from first on, from its square on. */
static void strike(uint32_t first, uint32_t p) {
  uint32_t multiple = p * p;
  if (multiple < first) {
    multiple = (first + p - 1) / p * p;
    if (multiple % 2 == 0) {
      multiple += p;
    }
  }
  for (uint32_t i = (multiple - first) / 2; i < WIDTH / 2; i += p) {
    composite[i] = 1;
  }
}

static void sieve(uint32_t first) {
  for (uint32_t p = 3; p < ROOT; p += 2) {
    if (!small[p]) {
      for (uint32_t multiple = p * p; multiple < ROOT; multiple += 2 * p) {
        small[multiple] = 1;
      }
      if (p * p < first + WIDTH) {
        strike(first, p);
      }
    }
  }
  if (first == 0) {
    composite[0] = 1; /* one is no prime */
  }
}

static void tell(uint32_t first) {
  uint64_t count = first == 0, sum = first == 0 ? 2 : 0;
  double reciprocals = first == 0 ? 0.5 : 0.0;
  uint32_t largest = 0;
  for (uint32_t i = 0; i < WIDTH / 2; i++) {
    if (!composite[i]) {
      largest = first + 2 * i + 1;
      count++;
      sum += largest;
      reciprocals += 1.0 / (double)largest;
    }
  }
  uint64_t bits;
  memcpy(&bits, &reciprocals, sizeof bits);
  put_decimal(first);
  put_decimal(count);
  put_decimal(sum);
  put_decimal(largest);
  put_hex64(bits);
}

/* The stretch of a number of ten digits, or -1 when text is none. */
static int stretch(const char *number) {
  uint64_t n = 0;
  for (int i = 0; i < DIGITS; i++) {
    unsigned digit = (unsigned)(number[i] - '0');
    if (digit > 9) {
      return -1;
    }
    n = n * 10 + digit;
  }
  return number[DIGITS] == '\0' ? (int)(n % STRETCHES) : -1;
}

static int complain(int code, const char *sentence) {
  (void)!write(STDERR_FILENO, sentence, strlen(sentence));
  return code;
}

static int save(void) {
  int file = open("/out/starter.txt", O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (file < 0) {
    return 0;
  }
  for (size_t done = 0; done < used;) {
    ssize_t n = write(file, text + done, used - done);
    if (n <= 0) {
      return 0;
    }
    done += (size_t)n;
  }
  return close(file) == 0;
}

int main(int argc, char **argv) {
  int which = argc == 2 ? stretch(argv[1]) : -1;
  if (which < 0) {
    return complain(2, "starter wants one NUMBER of ten digits\n");
  }
  uint32_t first = (uint32_t)which * WIDTH;
  sieve(first);
  tell(first);
  return save() ? 0 : complain(1, "starter could not write its result to /out\n");
}
