#define _GNU_SOURCE
#include "snapshot.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "descriptors.h"
#include "tree.h"

#define PAGE 65536u
#define COST_DIVISOR 20 /* putting the guest aside costs at most one part in so many of its time */
#define NS_PER_MS 1000000

static const char FIRST_LINE[] = "almoner-snapshot/1\n";

enum { KIND_DIRECTORY = 3, KIND_FILE = 4 };

static struct task order;
static int64_t begun_ns;
static int64_t due_ns;
static atomic_bool wished;
static struct {
  int64_t start_ms;
  int64_t wall_ms;
  int64_t cpu_ms;
} earlier;

static FILE *file;
static struct sha256 sha;

static int64_t now_ns(void) {
  struct timespec now;
  if (clock_gettime(CLOCK_MONOTONIC, &now) != 0) {
    machine_failed("there is no clock");
  }
  return now.tv_sec * 1000000000LL + now.tv_nsec;
}

void snapshot_start(const struct task *task) {
  order = *task;
  begun_ns = now_ns();
  due_ns = begun_ns + order.every_ms * NS_PER_MS;
  earlier.start_ms = order.start_ms;
}

/* --- writing --- */

/* A snapshot that cannot be written, for want of room for instance, stops no guest: the last one stays. */
static bool unwritten;

static void put(const void *octets, size_t length) {
  sha256_add(&sha, octets, length);
  unwritten = unwritten || fwrite(octets, 1, length, file) != length;
}

static void put8(uint8_t value) { put(&value, sizeof value); }
static void put16(uint16_t value) { put(&value, sizeof value); }
static void put32(uint32_t value) { put(&value, sizeof value); }
static void put64(uint64_t value) { put(&value, sizeof value); }

static void put_text(struct text text) {
  put32((uint32_t)text.length);
  put(text.octets, text.length);
}

static void put_globals(void) {
  uint32_t count = 0;
  while (unit_global(count).at != NULL) {
    count++;
  }
  put32(count);
  for (uint32_t i = 0; i < count; i++) {
    struct global global = unit_global(i);
    uint64_t bits = 0;
    memcpy(&bits, global.at, global.octets);
    put64(bits);
  }
}

static bool is_zero(const uint8_t *page) { return page[0] == 0 && memcmp(page, page + 1, PAGE - 1) == 0; }

static void put_memory(void) {
  struct unit unit = unit_now();
  uint32_t pages = unit.octets / PAGE;
  uint32_t used = 0;
  for (uint32_t i = 0; i < pages; i++) {
    used += !is_zero(unit.memory + (size_t)i * PAGE);
  }
  put32(pages);
  put32(used);
  for (uint32_t i = 0; i < pages; i++) {
    const uint8_t *page = unit.memory + (size_t)i * PAGE;
    if (!is_zero(page)) {
      put32(i);
      put(page, PAGE);
    }
  }
}

static void put_lines(void) {
  put32((uint32_t)tail_lines());
  for (size_t i = 0; i < tail_lines(); i++) {
    put_text(tail_line(i));
  }
  put_text(tail_unfinished());
}

static void put_node(struct node *node, uint64_t parent) {
  put8(node->directory ? KIND_DIRECTORY : KIND_FILE);
  put64(node->number);
  put64(parent);
  put_text(parent == 0 ? (struct text){"", 0} : node->name);
  if (node->directory) {
    return;
  }
  static char octets[PAGE];
  put64((uint64_t)node->size);
  node_opened(node);
  for (int64_t at = 0; at < node->size;) {
    uint32_t n = file_holds(node, at, sizeof octets);
    file_read(node, at, octets, n);
    put(octets, n);
    at += n;
  }
  node->openings--; /* not node_closed(): what has no name must stay */
  if (node->openings == 0) {
    close(node->host);
    node->host = -1;
  }
}

static uint32_t count_below(const struct node *directory) {
  uint32_t count = (uint32_t)directory->count;
  for (size_t i = 0; i < directory->count; i++) {
    count += count_below(directory->children[i]);
  }
  return count;
}

static void put_below(const struct node *directory) {
  for (size_t i = 0; i < directory->count; i++) {
    put_node(directory->children[i], directory->number);
    put_below(directory->children[i]);
  }
}

static int by_number(const void *a, const void *b) {
  const struct node *x = *(struct node *const *)a;
  const struct node *y = *(struct node *const *)b;
  return x->number < y->number ? -1 : x->number > y->number;
}

static void put_nodes(void) {
  struct node *nameless[OPEN_MAX];
  uint32_t count = 0;
  for (uint32_t i = 0; i < OPEN_MAX; i++) {
    struct descriptor *found;
    if (descriptor_any(i, &found) == SUCCESS && found->node != NULL && found->node->removed) {
      bool known = false;
      for (uint32_t k = 0; k < count; k++) {
        known |= nameless[k] == found->node;
      }
      if (!known) {
        nameless[count++] = found->node;
      }
    }
  }
  qsort(nameless, count, sizeof *nameless, by_number);
  put64(tree_next_number());
  put32(count_below(tree_out()) + count);
  put_below(tree_out());
  for (uint32_t i = 0; i < count; i++) {
    put_node(nameless[i], 0);
  }
}

static void put_descriptors(void) {
  struct descriptor *found;
  uint32_t count = 0;
  for (uint32_t i = 0; i < OPEN_MAX; i++) {
    count += descriptor_any(i, &found) == SUCCESS;
  }
  put32(count);
  for (uint32_t i = 0; i < OPEN_MAX; i++) {
    if (descriptor_any(i, &found) != SUCCESS) {
      continue;
    }
    put32(i);
    put8((uint8_t)found->type);
    put16(found->flags);
    put64(found->rights);
    put64(found->inheriting);
    put8(found->preopen == NULL ? 0 : strcmp(found->preopen, "/in") == 0 ? 1 : 2);
    put64(found->node == NULL ? 0 : found->node->number);
    put64(found->type == REGULAR_FILE ? (uint64_t)found->position : 0);
  }
}

/* Whether all of it is on the disk and has its name. */
static bool written(int64_t from) {
  uint8_t digest[SHA256_OCTETS];
  file = fopen("snapshot.tmp", "we");
  if (file == NULL) {
    return false;
  }
  unwritten = false;
  sha256_start(&sha);
  put(FIRST_LINE, sizeof FIRST_LINE - 1);
  put(order.unit, sizeof order.unit);
  put64((uint64_t)earlier.start_ms);
  put64((uint64_t)(earlier.wall_ms + (from - begun_ns) / NS_PER_MS));
  put64((uint64_t)(earlier.cpu_ms + task_cpu_ms()));
  put8(guest_was_refused_memory());
  put_globals();
  put_memory();
  put64((uint64_t)clock_now());
  put64(random_given());
  put_lines();
  put_nodes();
  put_descriptors();
  sha256_end(&sha, digest);
  put(digest, sizeof digest);
  unwritten = unwritten || fflush(file) != 0 || fsync(fileno(file)) != 0;
  unwritten = fclose(file) != 0 || unwritten;
  return !unwritten && rename("snapshot.tmp", "snapshot") == 0;
}

static void save(void) {
  int64_t from = now_ns();
  errno = 0;
  if (!written(from)) {
    fprintf(stderr, "a snapshot was not written, and the last one stays: %s\n", strerror(errno));
    unlink("snapshot.tmp");
  }
  int64_t now = now_ns();
  int64_t every = order.every_ms * NS_PER_MS;
  int64_t fair = order.every_ms == 0 ? 0 : COST_DIVISOR * (now - from);
  due_ns = now + (every > fair ? every : fair);
}

void snapshot_wish(void) { atomic_store(&wished, true); }

void snapshot_boundary(void) {
  bool last = atomic_load(&wished);
  if (order.snapshots && (last || now_ns() >= due_ns)) {
    save();
    if (last) {
      _exit(EXIT_PUT_ASIDE);
    }
  }
}

/* --- reading --- */

static noreturn void malformed(void) {
  errno = 0;
  machine_failed("the snapshot is malformed");
}

static void get(void *octets, size_t length) {
  if (fread(octets, 1, length, file) != length) {
    malformed();
  }
}

static uint64_t get64(uint64_t max) {
  uint64_t value;
  get(&value, sizeof value);
  if (value > max) {
    malformed();
  }
  return value;
}

static uint32_t get32(uint32_t max) {
  uint32_t value;
  get(&value, sizeof value);
  if (value > max) {
    malformed();
  }
  return value;
}

static uint16_t get16(void) {
  uint16_t value;
  get(&value, sizeof value);
  return value;
}

static uint8_t get8(uint8_t max) {
  uint8_t value;
  get(&value, sizeof value);
  if (value > max) {
    malformed();
  }
  return value;
}

static void get_globals(void) {
  uint32_t count = get32(UINT32_MAX);
  for (uint32_t i = 0; i < count; i++) {
    struct global global = unit_global(i);
    uint64_t bits = get64(UINT64_MAX);
    if (global.at == NULL) {
      malformed();
    }
    memcpy(global.at, &bits, global.octets);
  }
  if (unit_global(count).at != NULL) {
    malformed();
  }
}

static void get_memory(bool refused) {
  uint32_t pages = get32(PAGE);
  if (!guest_restore(pages, refused)) {
    malformed();
  }
  uint8_t *memory = unit_now().memory;
  for (uint32_t left = get32(pages); left > 0; left--) {
    uint32_t page = get32(pages - 1);
    get(memory + (size_t)page * PAGE, PAGE);
  }
}

static void get_lines(void) {
  char line[TAIL_LINE_OCTETS_MAX];
  for (uint32_t left = get32(TAIL_LINES_MAX) + 1; left > 0; left--) {
    uint32_t length = get32(sizeof line);
    get(line, length);
    tail_write(line, length);
    if (left > 1) {
      tail_write("\n", 1);
    }
  }
}

static struct node *nameless[OPEN_MAX];
static size_t nameless_count;

static struct node *find(uint64_t number) {
  for (size_t i = 0; i < nameless_count; i++) {
    if (nameless[i]->number == number) {
      return nameless[i];
    }
  }
  return tree_numbered(number);
}

static void get_octets(struct node *node) {
  static char octets[PAGE];
  FILE *to = file_restored(node);
  if (to == NULL) {
    machine_failed("a file of the guest cannot be made again");
  }
  for (int64_t left = node->size; left > 0;) {
    size_t n = left < (int64_t)sizeof octets ? (size_t)left : sizeof octets;
    get(octets, n);
    if (fwrite(octets, 1, n, to) != n) {
      machine_failed("a file of the guest cannot be made again");
    }
    left -= (int64_t)n;
  }
  if (fclose(to) != 0) {
    machine_failed("a file of the guest cannot be made again");
  }
}

static void get_node(uint64_t first, uint64_t next, struct node **last) {
  char name[NAME_OCTETS_MAX];
  uint8_t kind = get8(KIND_FILE);
  uint64_t number = get64(INT64_MAX);
  uint64_t parent = get64(INT64_MAX);
  uint32_t length = get32(sizeof name);
  get(name, length);
  int64_t size = kind == KIND_FILE ? (int64_t)get64(INT64_MAX) : 0;
  struct node *directory = NULL;
  if (parent != 0) { /* often that of the node before, or that node */
    directory = *last;
    while (directory != NULL && directory->number != parent) {
      directory = directory->parent;
    }
    if (directory == NULL) {
      directory = tree_numbered(parent);
    }
  }
  if ((parent != 0 && directory == NULL) || (parent == 0 && nameless_count == OPEN_MAX) || number < first || number >= next) {
    malformed();
  }
  struct node *node = tree_restored(kind == KIND_DIRECTORY, number, directory, (struct text){name, length}, size);
  if (node == NULL) {
    malformed();
  }
  if (parent == 0) {
    nameless[nameless_count++] = node;
  }
  if (kind == KIND_FILE) {
    get_octets(node);
  }
  *last = node;
}

static void get_nodes(void) {
  uint64_t first = tree_next_number();
  uint64_t next = get64(INT64_MAX);
  struct node *last = NULL;
  for (uint32_t left = get32(NODES_MAX + OPEN_MAX); left > 0; left--) {
    get_node(first, next, &last);
  }
  tree_set_next_number(next);
}

static void get_descriptor(void) {
  static const char *const preopens[] = {NULL, "/in", "/out"};
  uint32_t number = get32(OPEN_MAX - 1);
  struct descriptor made = {.type = (enum type)get8(REGULAR_FILE)};
  made.flags = get16();
  made.rights = get64(RIGHTS_ALL);
  made.inheriting = get64(RIGHTS_ALL);
  made.preopen = preopens[get8(2)];
  made.node = find(get64(INT64_MAX));
  made.position = (int64_t)get64(INT64_MAX);
  bool console = made.type == CHARACTER_DEVICE;
  bool fits = console ? made.node == NULL : made.node != NULL && made.node->directory == (made.type == DIRECTORY);
  if (made.type == FREE || !fits || !descriptor_restored(number, made)) {
    malformed();
  }
}

bool snapshot_load(void) {
  char line[sizeof FIRST_LINE - 1];
  uint8_t unit[SHA256_OCTETS];
  uint8_t digest[SHA256_OCTETS];
  file = order.snapshots ? fopen("../resume", "re") : NULL;
  if (file == NULL) {
    if (order.snapshots && errno != ENOENT) {
      machine_failed("the snapshot cannot be read");
    }
    return false;
  }
  get(line, sizeof line);
  get(unit, sizeof unit);
  if (memcmp(line, FIRST_LINE, sizeof line) != 0 || memcmp(unit, order.unit, sizeof unit) != 0) {
    malformed();
  }
  earlier.start_ms = (int64_t)get64(INT64_MAX / 2);
  earlier.wall_ms = (int64_t)get64(INT64_MAX / 2);
  earlier.cpu_ms = (int64_t)get64(INT64_MAX / 2);
  bool refused = get8(1) == 1;
  get_globals();
  get_memory(refused);
  clock_set((int64_t)get64(INT64_MAX));
  random_skip(get64(INT64_MAX));
  get_lines();
  descriptors_close_all();
  get_nodes();
  for (uint32_t left = get32(OPEN_MAX); left > 0; left--) {
    get_descriptor();
  }
  get(digest, sizeof digest);
  if (fgetc(file) != EOF) {
    malformed();
  }
  fclose(file);
  return true;
}
