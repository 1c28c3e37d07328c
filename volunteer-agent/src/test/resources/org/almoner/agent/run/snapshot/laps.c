/*
 * A program in steps of some milliseconds each, one for every number from its first argument to its second: long enough
 * to be killed in the middle. Writes a line for each, so that whoever looks at its files sees how far it is.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define ROUNDS (1 << 21)

static long lap;
static long last;
static int out;
static uint64_t state = 88172645463325252u;

int main(int argc, char **argv) {
  if (argc != 3) {
    return 1;
  }
  lap = atol(argv[1]);
  last = atol(argv[2]);
  out = open("/out/laps.txt", O_CREAT | O_WRONLY, 0666);
  if (out < 0) {
    exit(1);
  }
  return 0;
}

/* Marsaglia's xorshift, whose every state follows from the one before. */
int step(void) {
  for (int i = 0; i < ROUNDS; i++) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
  }
  dprintf(out, "%ld %016llx\n", lap, (unsigned long long)state);
  return ++lap <= last;
}
