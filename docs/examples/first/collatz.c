/*
 * Which start from FIRST to LAST takes the most steps to 1, when an even number is halved and an odd one is tripled and given one more?
 *
 *   collatz FIRST LAST         1 <= FIRST <= LAST <= 4000000000
 *
 * Writes one line "start steps" to /out/longest.txt. A unit finds its inputs below /in and leaves its results below /out; it sees
 * nothing else. What it writes to standard error is shown when it fails. Exit: 0 done, everything else failed.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static unsigned steps_to_one(uint64_t n) {
  unsigned steps = 0;
  while (n != 1) {
    n = n % 2 == 0 ? n / 2 : 3 * n + 1;
    steps++;
  }
  return steps;
}

int main(int argc, char **argv) {
  uint64_t first = argc == 3 ? strtoull(argv[1], NULL, 10) : 0;
  uint64_t last = argc == 3 ? strtoull(argv[2], NULL, 10) : 0;
  if (first < 1 || last < first || last > 4000000000) {
    fputs("collatz wants FIRST LAST with 1 <= FIRST <= LAST <= 4000000000\n", stderr);
    return 2;
  }
  uint64_t longest = first;
  unsigned most = 0;
  for (uint64_t start = first; start <= last; start++) {
    unsigned steps = steps_to_one(start);
    if (steps > most) {
      longest = start;
      most = steps;
    }
  }
  FILE *out = fopen("/out/longest.txt", "w");
  if (out == NULL) {
    perror("/out/longest.txt");
    return 1;
  }
  fprintf(out, "%llu %u\n", (unsigned long long)longest, most);
  return fclose(out) == 0 ? 0 : 1;
}
