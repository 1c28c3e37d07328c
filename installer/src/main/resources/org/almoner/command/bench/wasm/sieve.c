/* Primes below N by the sieve of Eratosthenes, REPEAT times: sieve OUTPUT N REPEAT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv) {
  long n = argc == 4 ? atol(argv[2]) : 0;
  long repeat = argc == 4 ? atol(argv[3]) : 0;
  unsigned char *composite = malloc(n > 0 ? n : 1);
  if (n < 3 || repeat < 1 || !composite) {
    return 2;
  }
  long count = 0, last = 0;
  unsigned long long sum = 0;
  for (long turn = 0; turn < repeat; turn++) {
    memset(composite, 0, n);
    for (long p = 2; p * p < n; p++) {
      if (!composite[p]) {
        for (long multiple = p * p; multiple < n; multiple += p) {
          composite[multiple] = 1;
        }
      }
    }
    count = 0;
    for (long i = 2; i < n; i++) {
      if (!composite[i]) {
        count++;
        sum += i ^ turn;
        last = i;
      }
    }
  }
  FILE *out = fopen(argv[1], "w");
  if (!out) {
    return 3;
  }
  fprintf(out, "%ld %ld %llu\n", count, last, sum);
  return fclose(out) ? 3 : 0;
}
