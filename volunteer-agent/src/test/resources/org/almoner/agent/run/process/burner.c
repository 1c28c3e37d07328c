/*
 * Uses a known amount of what a meter measures.
 *
 *   burner cpu S         S seconds of processor time, by itself
 *   burner threads N S   S seconds of processor time in each of N threads
 *   burner memory MIB S  holds and touches MIB mebibytes for S seconds
 *   burner sleep S       S seconds of nothing
 *   burner forks S       S seconds of processor time in 40 grandchildren, one after the other
 *   burner orphan S W    S seconds in a grandchild whose parent ends at once; itself ends after W
 *   burner spread        starts a child that does the same, and burns for ever
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static void burn(double seconds) {
  double end = now(CLOCK_THREAD_CPUTIME_ID) + seconds;
  while (now(CLOCK_THREAD_CPUTIME_ID) < end) {
    for (volatile int i = 0; i < 20000; i++) {
    }
  }
}

static void *burn_in_thread(void *seconds) {
  burn(*(double *)seconds);
  return NULL;
}

static void rest(double seconds) {
  struct timespec t = {(time_t)seconds, (long)((seconds - (time_t)seconds) * 1e9)};
  nanosleep(&t, NULL);
}

int main(int count, char **words) {
  double seconds = count > 2 ? atof(words[count == 4 ? 3 : 2]) : 0;
  if (!strcmp(words[1], "cpu")) {
    burn(seconds);
  } else if (!strcmp(words[1], "threads")) {
    pthread_t threads[64];
    int n = atoi(words[2]);
    for (int i = 0; i < n; i++) pthread_create(&threads[i], NULL, burn_in_thread, &seconds);
    for (int i = 0; i < n; i++) pthread_join(threads[i], NULL);
  } else if (!strcmp(words[1], "memory")) {
    size_t octets = (size_t)atoi(words[2]) << 20;
    volatile char *held = malloc(octets);
    for (size_t i = 0; i < octets; i += 512) held[i] = 1;
    rest(seconds);
  } else if (!strcmp(words[1], "sleep")) {
    rest(seconds);
  } else if (!strcmp(words[1], "forks")) {
    for (int i = 0; i < 40; i++) {
      if (fork() == 0) {
        if (fork() == 0) {
          burn(seconds / 40);
          _exit(0);
        }
        wait(NULL);
        _exit(0);
      }
      wait(NULL);
    }
  } else if (!strcmp(words[1], "orphan")) {
    if (fork() == 0) {
      if (fork() == 0) {
        burn(atof(words[2]));
        _exit(0);
      }
      _exit(0);
    }
    wait(NULL);
    rest(seconds);
  } else {
    if (count == 2) fork();
    for (;;) {
    }
  }
  return 0;
}
