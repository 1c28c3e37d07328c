/*
 * A program in steps that keeps something in every place a snapshot must reach: memory that grows, globals (the stack pointer, and
 * what malloc knows), the clock, random octets, lines printed, files open in the middle, appended to, renamed, removed while open.
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define STEPS 6

static int number;
static int out = -1;
static int nameless = -1;
static FILE *input;
static char *blocks[STEPS];
static double sum = 0.5;
extern int random_octets(void *to, size_t length) __asm__("getentropy");

int main(int argc, char **argv) {
  mkdir("/out/a", 0777);
  mkdir("/out/a/b", 0777);
  out = open("/out/a/log", O_CREAT | O_RDWR | O_APPEND, 0666);
  nameless = open("/out/gone", O_CREAT | O_RDWR, 0666);
  if (out < 0 || nameless < 0 || unlink("/out/gone") != 0) {
    return 1;
  }
  input = argc > 1 ? fopen(argv[1], "r") : NULL;
  printf("begun\nhalf a line");
  fflush(stdout);
  return 0;
}

static long long now(void) {
  struct timespec at;
  clock_gettime(CLOCK_REALTIME, &at);
  return at.tv_sec * 1000000000LL + at.tv_nsec;
}

int step(void) {
  char line[300];
  char word[32] = "";
  unsigned char chance[5];
  struct stat about;
  random_octets(chance, sizeof chance);
  if (input != NULL) {
    fgets(word, sizeof word, input);
    word[strcspn(word, "\n")] = 0;
  }
  blocks[number] = malloc(200000);
  memset(blocks[number], number + 1, 200000);
  sum = sum * 1.25 + number;
  fstat(nameless, &about);
  dprintf(nameless, "step %d;", number);
  int n = snprintf(line, sizeof line, "%d %s %.17g %02x%02x%02x%02x%02x %lld %lld %lld %d\n", number, word, sum, chance[0], chance[1], chance[2],
                   chance[3], chance[4], now(), (long long)about.st_size, (long long)about.st_ino, blocks[number / 2][199999]);
  if (write(out, line, n) != n) {
    exit(2);
  }
  printf(", step %d\n", number);
  fflush(stdout);
  if (number == 1) {
    mkdir("/out/later", 0777);
  } else if (number == 2) {
    rename("/out/a", "/out/moved");
  } else if (number == 3) {
    rmdir("/out/later");
    int file = open("/out/moved/b/last", O_CREAT | O_WRONLY, 0666);
    lseek(file, 70000, SEEK_SET);
    write(file, "end", 3);
    close(file);
  }
  return ++number < STEPS ? 1 : 0;
}
