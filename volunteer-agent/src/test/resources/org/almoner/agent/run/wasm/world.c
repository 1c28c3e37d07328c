/* Writes to /out/world all that could tell one machine from another: time, sleep, random numbers, ids of files. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

int main(void) {
  FILE *out = fopen("/out/world", "w");
  struct timespec t;
  for (int i = 0; i < 3; i++) {
    clock_gettime(CLOCK_REALTIME, &t);
    fprintf(out, "time %lld.%09ld\n", (long long)t.tv_sec, t.tv_nsec);
    clock_gettime(CLOCK_MONOTONIC, &t);
    fprintf(out, "since start %lld.%09ld\n", (long long)t.tv_sec, t.tv_nsec);
    sleep(100);
  }
  unsigned char random[40];
  getentropy(random, sizeof random);
  for (unsigned i = 0; i < sizeof random; i++) {
    fprintf(out, "%02x", random[i]);
  }
  for (int fd = 0; fd < 6; fd++) {
    struct stat st;
    if (fstat(fd, &st) == 0) {
      fprintf(out, "\nfd %d dev %llu ino %llu mode %o", fd, (unsigned long long)st.st_dev,
              (unsigned long long)st.st_ino, (unsigned)st.st_mode);
    }
  }
  fprintf(out, "\nstdin %d\n", getchar());
  printf("to the console");
  fclose(out);
  return 0;
}
