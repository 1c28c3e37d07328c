#define _GNU_SOURCE
#include "task.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define LIST_MAX 10000            /* arguments, and inputs */
#define TASK_OCTETS_MAX (1 << 30) /* of the file */

/* --- the task --- */

static char *octets; /* of the file; texts point into it */
static size_t length;
static size_t at;

static struct text *arguments;
static uint32_t arguments_count;
static struct text *inputs;
static uint32_t inputs_count;

static noreturn void malformed(void) { machine_failed("the task is not as this program expects it"); }

static void load(void) {
  struct stat about;
  int file = open("../task", O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
  if (file < 0 || fstat(file, &about) != 0) {
    machine_failed("there is no task");
  }
  if (about.st_size > TASK_OCTETS_MAX) {
    malformed();
  }
  length = (size_t)about.st_size;
  octets = malloc(length + 1);
  if (octets == NULL) {
    machine_failed("there is no room for the task");
  }
  for (size_t n = 0; n < length;) {
    ssize_t got = read(file, octets + n, length - n);
    if (got <= 0) {
      machine_failed("the task cannot be read");
    }
    n += (size_t)got;
  }
  close(file);
}

static void expect(const char *literal) {
  size_t n = strlen(literal);
  if (length - at < n || memcmp(octets + at, literal, n) != 0) {
    malformed();
  }
  at += n;
}

/* A decimal of 1 to 18 digits. */
static int64_t number(void) {
  int64_t value = 0;
  size_t from = at;
  for (; at < length && octets[at] >= '0' && octets[at] <= '9'; at++) {
    if (at - from == 18) {
      malformed();
    }
    value = 10 * value + (octets[at] - '0');
  }
  if (at == from) {
    malformed();
  }
  return value;
}

static unsigned hex_digit(void) {
  static const char digits[] = "0123456789abcdef";
  const char *found = at < length ? memchr(digits, octets[at], 16) : NULL;
  if (found == NULL) {
    malformed();
  }
  at++;
  return (unsigned)(found - digits);
}

static void digest(uint8_t to[SHA256_OCTETS]) {
  for (size_t i = 0; i < SHA256_OCTETS; i++) {
    unsigned high = hex_digit();
    to[i] = (uint8_t)(high << 4 | hex_digit());
  }
}

static struct text text(void) {
  int64_t size = number();
  expect(":");
  if ((uint64_t)size > length - at) {
    malformed();
  }
  struct text read = {octets + at, (size_t)size};
  at += read.length;
  expect("\n");
  return read;
}

static struct text *list(uint32_t *count) {
  int64_t items = number();
  expect("\n");
  if (items > LIST_MAX) {
    malformed();
  }
  struct text *texts = calloc((size_t)items + 1, sizeof *texts);
  if (texts == NULL) {
    machine_failed("there is no room for the task");
  }
  for (int64_t i = 0; i < items; i++) {
    texts[i] = text();
  }
  *count = (uint32_t)items;
  return texts;
}

struct task task_read(void) {
  struct task task = {0};
  load();
  expect("almoner-fast-task/1\nseed ");
  digest(task.seed);
  expect("\npages ");
  int64_t pages = number();
  expect("\ndisk ");
  task.disk = number();
  expect("\nsnapshots ");
  task.snapshots = number() != 0;
  if (task.snapshots) {
    expect("\nunit ");
    digest(task.unit);
    expect("\nevery ");
    task.every_ms = number();
    expect("\nstart ");
    task.start_ms = number();
  }
  expect("\narguments ");
  arguments = list(&arguments_count);
  expect("inputs ");
  inputs = list(&inputs_count);
  if (at != length || pages > 32767) {
    malformed();
  }
  task.pages = (uint32_t)pages;
  return task;
}

uint32_t task_arguments(void) { return arguments_count; }

struct text task_argument(uint32_t i) { return arguments[i]; }

uint32_t task_inputs(void) { return inputs_count; }

struct text task_input(uint32_t i) { return inputs[i]; }

/* --- the result --- */

int64_t task_cpu_ms(void) {
  struct rusage usage;
  if (getrusage(RUSAGE_SELF, &usage) != 0) {
    return 0;
  }
  return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000LL + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000;
}

void result_write(struct ended ended) {
  static char result[TAIL_LINES_MAX * (TAIL_LINE_OCTETS_MAX + 8) + 2048];
  const char *reason = ended.finished ? "" : ended.reason;
  tail_end();
  size_t n = (size_t)snprintf(
      result, 2048, "almoner-fast-result/1\nend %s\nexit %u\ncount %llu\nrefused %d\ncpu %lld\nreason %zu:%.500s\ntail %zu\n",
      ended.finished ? "finished" : "trapped", ended.exit, (unsigned long long)guest_count(), guest_was_refused_memory(), (long long)task_cpu_ms(),
      strlen(reason), reason, tail_lines());
  for (size_t i = 0; i < tail_lines(); i++) {
    struct text line = tail_line(i);
    n += (size_t)snprintf(result + n, 8, "%zu:", line.length);
    memcpy(result + n, line.octets, line.length);
    n += line.length;
    result[n++] = '\n';
  }
  int file = open("result.tmp", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0 || write(file, result, n) != (ssize_t)n || close(file) != 0 || rename("result.tmp", "result") != 0) {
    machine_failed("the result cannot be written");
  }
}
