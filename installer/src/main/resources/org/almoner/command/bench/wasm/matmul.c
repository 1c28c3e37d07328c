/* Product of two N by N matrices of doubles, REPEAT times: matmul OUTPUT N REPEAT */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv) {
  int n = argc == 4 ? atoi(argv[2]) : 0;
  int repeat = argc == 4 ? atoi(argv[3]) : 0;
  if (n < 1 || n > 2000 || repeat < 1) {
    return 2;
  }
  size_t cells = (size_t)n * n;
  double *a = malloc(cells * sizeof *a), *b = malloc(cells * sizeof *b), *c = malloc(cells * sizeof *c);
  if (!a || !b || !c) {
    return 2;
  }
  for (uint64_t i = 0; i < cells; i++) {
    a[i] = (double)((i * 7919 + 13) % 1009) / 1009.0;
    b[i] = (double)((i * 104729 + 7) % 997) / 997.0;
  }
  for (int turn = 0; turn < repeat; turn++) {
    memset(c, 0, cells * sizeof *c);
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < n; k++) {
        double factor = a[(size_t)i * n + k];
        for (int j = 0; j < n; j++) {
          c[(size_t)i * n + j] += factor * b[(size_t)k * n + j];
        }
      }
    }
    for (size_t i = 0; i < cells; i++) {
      a[i] = c[i] / n;
    }
  }
  uint64_t hash = 0xcbf29ce484222325;
  for (size_t i = 0; i < cells; i++) {
    uint64_t bits;
    memcpy(&bits, &c[i], sizeof bits);
    hash = (hash ^ bits) * 0x100000001b3;
  }
  FILE *out = fopen(argv[1], "w");
  if (!out) {
    return 3;
  }
  fprintf(out, "%d %d %016llx\n", n, repeat, (unsigned long long)hash);
  return fclose(out) ? 3 : 0;
}
