#include "world.h"

#include <string.h>

/* --- time --- */

static int64_t elapsed_ns;

int64_t clock_look(void) {
  elapsed_ns += CLOCK_STEP_NS;
  return elapsed_ns;
}

int64_t clock_now(void) { return elapsed_ns; }

void clock_set(int64_t elapsed) { elapsed_ns = elapsed; }

void clock_pass(int64_t ns) {
  int64_t left = INT64_MAX / 2 - elapsed_ns;
  int64_t passes = ns < left ? ns : left;
  elapsed_ns += passes > 0 ? passes : 0;
}

/* --- SHA-256, FIPS 180-4 --- */

/* The first 32 bits of the fractional parts of the cube roots of the first 64 primes, section 4.2.2. */
static const uint32_t K[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be,
    0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa,
    0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85,
    0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3,
    0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f,
    0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

/* Of the square roots of the first eight primes, section 5.3.3. */
static const uint32_t H[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

static uint32_t turned(uint32_t x, int by) { return x >> by | x << (32 - by); }

static void put_big_endian(uint8_t *to, uint64_t value, int octets) {
  for (int i = octets - 1; i >= 0; i--) {
    to[i] = (uint8_t)value;
    value >>= 8;
  }
}

static void compress(uint32_t state[8], const uint8_t block[64]) {
  uint32_t w[64];
  uint32_t s[8];
  for (int t = 0; t < 16; t++) {
    const uint8_t *b = block + 4 * t;
    w[t] = (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
  }
  for (int t = 16; t < 64; t++) {
    uint32_t x = w[t - 15];
    uint32_t y = w[t - 2];
    w[t] = w[t - 16] + (turned(x, 7) ^ turned(x, 18) ^ x >> 3) + w[t - 7] + (turned(y, 17) ^ turned(y, 19) ^ y >> 10);
  }
  memcpy(s, state, sizeof s);
  for (int t = 0; t < 64; t++) {
    uint32_t sum1 = turned(s[4], 6) ^ turned(s[4], 11) ^ turned(s[4], 25);
    uint32_t choice = (s[4] & s[5]) ^ (~s[4] & s[6]);
    uint32_t one = s[7] + sum1 + choice + K[t] + w[t];
    uint32_t sum0 = turned(s[0], 2) ^ turned(s[0], 13) ^ turned(s[0], 22);
    uint32_t majority = (s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]);
    memmove(s + 1, s, 7 * sizeof *s);
    s[4] += one;
    s[0] = one + sum0 + majority;
  }
  for (int i = 0; i < 8; i++) {
    state[i] += s[i];
  }
}

void sha256_start(struct sha256 *sha) {
  memcpy(sha->state, H, sizeof sha->state);
  sha->length = 0;
}

void sha256_add(struct sha256 *sha, const void *octets, size_t length) {
  const uint8_t *from = octets;
  while (length > 0) {
    size_t filled = sha->length % sizeof sha->block;
    size_t room = sizeof sha->block - filled;
    size_t part = length < room ? length : room;
    if (part == sizeof sha->block) {
      compress(sha->state, from);
    } else {
      memcpy(sha->block + filled, from, part);
      if (part == room) {
        compress(sha->state, sha->block);
      }
    }
    sha->length += part;
    from += part;
    length -= part;
  }
}

void sha256_end(struct sha256 *sha, uint8_t digest[SHA256_OCTETS]) {
  static const uint8_t padding[64] = {0x80};
  uint8_t bits[8];
  put_big_endian(bits, sha->length * 8, sizeof bits);
  sha256_add(sha, padding, 1 + (119 - sha->length % 64) % 64);
  sha256_add(sha, bits, sizeof bits);
  for (int i = 0; i < 8; i++) {
    put_big_endian(digest + 4 * i, sha->state[i], 4);
  }
}

static void sha256(const uint8_t *message, size_t length, uint8_t digest[SHA256_OCTETS]) {
  struct sha256 sha;
  sha256_start(&sha);
  sha256_add(&sha, message, length);
  sha256_end(&sha, digest);
}

/* --- random octets --- */

static uint8_t seeded[SHA256_OCTETS + 8];
static uint8_t block[SHA256_OCTETS];
static size_t used = sizeof block;
static uint64_t next;

void random_start(const uint8_t seed[SHA256_OCTETS]) { memcpy(seeded, seed, SHA256_OCTETS); }

void random_fill(uint8_t *octets, size_t length) {
  for (size_t i = 0; i < length; i++) {
    if (used == sizeof block) {
      put_big_endian(seeded + SHA256_OCTETS, next++, 8);
      sha256(seeded, sizeof seeded, block);
      used = 0;
    }
    octets[i] = block[used++];
  }
}

uint64_t random_given(void) { return next * sizeof block - (sizeof block - used); }

void random_skip(uint64_t given) {
  uint8_t octets[sizeof block];
  next = given / sizeof block;
  used = sizeof block;
  random_fill(octets, given % sizeof block);
}

/* --- what was printed --- */

struct line {
  size_t length;
  char octets[TAIL_LINE_OCTETS_MAX];
};

static struct line ring[TAIL_LINES_MAX + 1]; /* one more for the unfinished line */
static size_t first;
static size_t lines;

static struct line *unfinished(void) { return &ring[(first + lines) % (TAIL_LINES_MAX + 1)]; }

static void end_line(void) {
  if (lines == TAIL_LINES_MAX) {
    first = (first + 1) % (TAIL_LINES_MAX + 1);
  } else {
    lines++;
  }
  unfinished()->length = 0;
}

void tail_write(const char *octets, size_t length) {
  while (length > 0) {
    const char *newline = memchr(octets, '\n', length);
    size_t part = newline == NULL ? length : (size_t)(newline - octets);
    struct line *line = unfinished();
    size_t fits = TAIL_LINE_OCTETS_MAX - line->length;
    memcpy(line->octets + line->length, octets, part < fits ? part : fits);
    line->length += part < fits ? part : fits;
    if (newline == NULL) {
      return;
    }
    end_line();
    octets += part + 1;
    length -= part + 1;
  }
}

struct text tail_unfinished(void) { return (struct text){unfinished()->octets, unfinished()->length}; }

void tail_end(void) {
  if (unfinished()->length > 0) {
    end_line();
  }
}

size_t tail_lines(void) { return lines; }

struct text tail_line(size_t i) {
  const struct line *line = &ring[(first + i) % (TAIL_LINES_MAX + 1)];
  return (struct text){line->octets, line->length};
}
