/* What the guest can learn besides files: its arguments, the time, random octets; and what it prints. The same on every machine. */
#ifndef ALMONER_WORLD_H
#define ALMONER_WORLD_H

#include <stddef.h>
#include <stdint.h>

#include "text.h"

/* 2026-01-01T00:00:00Z in nanoseconds since 1970. */
#define CLOCK_START_NS 1767225600000000000ull

/* What one look at a clock takes, and the resolution the guest is told. */
#define CLOCK_STEP_NS 1000

/* Nanoseconds since the start of the guest. Looking takes CLOCK_STEP_NS. */
int64_t clock_look(void);

/* Time the guest wants to sleep passes at once. */
void clock_pass(int64_t ns);

#define SHA256_OCTETS 32

/* SHA-256 of a message that comes in pieces. */
struct sha256 {
  uint32_t state[8];
  uint64_t length;
  uint8_t block[64];
};
void sha256_start(struct sha256 *sha);
void sha256_add(struct sha256 *sha, const void *octets, size_t length);
void sha256_end(struct sha256 *sha, uint8_t digest[SHA256_OCTETS]);

/* What is put aside of time, random octets and lines, in order: at what the clock stands, how many octets were given out. */
int64_t clock_now(void);
void clock_set(int64_t elapsed);
uint64_t random_given(void);
void random_skip(uint64_t given);
struct text tail_unfinished(void);

/* Seed of the random octets. */
void random_start(const uint8_t seed[SHA256_OCTETS]);

/* Block i is SHA-256 of the seed and i as 64 bits, big-endian; the blocks in order are the stream. */
void random_fill(uint8_t *octets, size_t length);

/* The last lines written to standard output and error; all before is forgotten. */
#define TAIL_LINES_MAX 20
#define TAIL_LINE_OCTETS_MAX 500

void tail_write(const char *octets, size_t length);

/* Ends an unfinished line that is not empty. */
void tail_end(void);

size_t tail_lines(void);

/* Line number i, 0 for the oldest kept. */
struct text tail_line(size_t i);

#endif
