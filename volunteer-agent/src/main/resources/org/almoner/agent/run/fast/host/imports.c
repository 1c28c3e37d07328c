/*
 * WASI preview 1 as docs/spec/wasi-profile.md fixes it: the functions the guest imports, by wasm2c's names for them.
 *
 * The order of the checks is part of the profile: where two things are wrong with a call, every engine names the same one. As a
 * rule a bad descriptor or number is found first, then a buffer outside the memory traps, then the file is looked at.
 * Sums of addresses wrap around at 2^32 as the guest's own do; guest_at() refuses what is outside.
 */
#include "descriptors.h"
#include "host.h"
#include "task.h"
#include "world.h"

#include <string.h>

#define CHUNK 65536u             /* octets moved between the guest and a file at once */
#define VECTORS_MAX 1024         /* buffers in one call */
#define PATH_OCTETS_MAX 4096     /* of a path the guest gives */
#define SUBSCRIPTIONS_MAX 1024   /* of one poll */
#define CLOCKS 4                 /* kinds of clocks */

struct Z_wasi_snapshot_preview1_instance_t;
#define WASI(name, ...) \
  uint32_t Z_wasi_snapshot_preview1Z_##name(struct Z_wasi_snapshot_preview1_instance_t *self, ##__VA_ARGS__)
#define CHECK(call)            \
  do {                         \
    enum fault fault_ = call;  \
    if (fault_ != SUCCESS) {   \
      return fault_;           \
    }                          \
  } while (0)

#pragma GCC diagnostic ignored "-Wunused-parameter" /* no function needs the instance, and some only have to exist */
#pragma GCC diagnostic ignored "-Wmissing-prototypes" /* the prototypes are wasm2c's, in the header of each module */

/* --- arguments and environment --- */

static struct text argument(uint32_t i) {
  return i == 0 ? (struct text){"unit", 4} : task_argument(i - 1);
}

static uint32_t arguments(void) { return task_arguments() + 1; }

WASI(args_sizes_get, uint32_t count, uint32_t octets) {
  uint64_t sum = 0;
  for (uint32_t i = 0; i < arguments(); i++) {
    sum += argument(i).length + 1;
  }
  guest_put32(count, arguments());
  guest_put32(octets, (uint32_t)sum);
  return SUCCESS;
}

WASI(args_get, uint32_t pointers, uint32_t at) {
  for (uint32_t i = 0; i < arguments(); i++) {
    struct text text = argument(i);
    guest_put32(pointers, at);
    uint8_t *to = guest_at(at, text.length + 1);
    memcpy(to, text.octets, text.length);
    to[text.length] = 0;
    pointers += 4;
    at += (uint32_t)text.length + 1;
  }
  return SUCCESS;
}

WASI(environ_sizes_get, uint32_t count, uint32_t octets) {
  guest_put32(count, 0);
  guest_put32(octets, 0);
  return SUCCESS;
}

WASI(environ_get, uint32_t pointers, uint32_t at) { return SUCCESS; }

void Z_wasi_snapshot_preview1Z_proc_exit(struct Z_wasi_snapshot_preview1_instance_t *self, uint32_t code) { guest_exits(code); }

WASI(sched_yield) { return SUCCESS; }

WASI(random_get, uint32_t at, uint32_t length) {
  if (length != 0) {
    random_fill(guest_at(at, length), length);
  }
  return SUCCESS;
}

/* --- time --- */

WASI(clock_res_get, uint32_t id, uint32_t to) {
  if (id >= CLOCKS) {
    return INVAL;
  }
  guest_put64(to, CLOCK_STEP_NS);
  return SUCCESS;
}

/* Clock 0 is the calendar; the others count from the start of the guest. */
static enum fault look(uint32_t id, int64_t *now) {
  if (id >= CLOCKS) {
    return INVAL;
  }
  int64_t elapsed = clock_look();
  *now = id == 0 ? (int64_t)CLOCK_START_NS + elapsed : elapsed;
  return SUCCESS;
}

WASI(clock_time_get, uint32_t id, uint64_t precision, uint32_t to) {
  int64_t now;
  CHECK(look(id, &now));
  guest_put64(to, (uint64_t)now);
  return SUCCESS;
}

/* Layout of subscriptions and events: the size of each, and where a field begins. */
enum { SUBSCRIPTION = 48, SUB_TYPE = 8, SUB_CLOCK = 16, SUB_TIMEOUT = 24, SUB_FLAGS = 40, EVENT = 32, EVENT_TYPE = 10 };

/* Nanoseconds until a clock that is waited for comes. A moment is compared with its clock, which takes a look at it. */
static enum fault until(uint32_t subscription, int64_t *ns) {
  int64_t timeout = (int64_t)guest_get64(subscription + SUB_TIMEOUT);
  int64_t now = 0;
  timeout = timeout < 0 ? 0 : timeout;
  if ((guest_get16(subscription + SUB_FLAGS) & 1) != 0) {
    CHECK(look(guest_get32(subscription + SUB_CLOCK), &now));
  }
  *ns = timeout > now ? timeout - now : 0;
  return SUCCESS;
}

/* Descriptors are always ready. Only when nothing but clocks is waited for does the time of the first one pass. */
WASI(poll_oneoff, uint32_t from, uint32_t to, uint32_t count, uint32_t written) {
  if (count == 0 || count > SUBSCRIPTIONS_MAX) {
    return INVAL;
  }
  int64_t first = INT64_MAX;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t at = from + i * SUBSCRIPTION;
    int64_t ns = 0;
    if (guest_get8(at + SUB_TYPE) == 0) {
      CHECK(until(at, &ns));
    }
    first = ns < first ? ns : first;
  }
  uint32_t events = 0;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t at = from + i * SUBSCRIPTION;
    uint8_t type = guest_get8(at + SUB_TYPE);
    int64_t ns = 0;
    if (type == 0) {
      CHECK(until(at, &ns));
    }
    if (type != 0 || ns <= first) {
      uint64_t userdata = guest_get64(at);
      uint32_t event = to + events * EVENT;
      memset(guest_at(event, EVENT), 0, EVENT);
      guest_put64(event, userdata);
      guest_put8(event + EVENT_TYPE, type);
      events++;
    }
  }
  clock_pass(first);
  guest_put32(written, events);
  return SUCCESS;
}

/* --- descriptors --- */

WASI(fd_close, uint32_t fd) { return descriptor_close(fd); }

WASI(fd_renumber, uint32_t from, uint32_t to) { return descriptor_renumber(from, to); }

static uint32_t known(uint32_t fd) {
  struct descriptor *d;
  return descriptor_any(fd, &d);
}

WASI(fd_sync, uint32_t fd) { return known(fd); }

WASI(fd_datasync, uint32_t fd) { return known(fd); }

WASI(fd_advise, uint32_t fd, uint64_t offset, uint64_t length, uint32_t advice) { return known(fd); }

WASI(fd_filestat_set_times, uint32_t fd, uint64_t access, uint64_t change, uint32_t which) { return known(fd); }

WASI(fd_fdstat_get, uint32_t fd, uint32_t to) {
  struct descriptor *d;
  CHECK(descriptor_any(fd, &d));
  guest_put16(to, (uint16_t)d->type);
  guest_put16(to + 2, d->flags);
  guest_put32(to + 4, 0);
  guest_put64(to + 8, d->rights);
  guest_put64(to + 16, d->inheriting);
  return SUCCESS;
}

#define FLAG_APPEND 1u
#define FLAGS_ALL 0x1fu

WASI(fd_fdstat_set_flags, uint32_t fd, uint32_t flags) {
  if ((flags & ~FLAGS_ALL) != 0) {
    return INVAL;
  }
  struct descriptor *d;
  CHECK(descriptor_any(fd, &d));
  d->flags = (uint16_t)flags;
  return SUCCESS;
}

/* Rights can only be given up. */
WASI(fd_fdstat_set_rights, uint32_t fd, uint64_t rights, uint64_t inheriting) {
  struct descriptor *d;
  CHECK(descriptor_any(fd, &d));
  if ((rights & ~d->rights) != 0 || (inheriting & ~d->inheriting) != 0) {
    return NOTCAPABLE;
  }
  d->rights = rights;
  d->inheriting = inheriting;
  return SUCCESS;
}

static void put_filestat(uint32_t to, uint64_t number, enum type type, int64_t size) {
  guest_put64(to, 1); /* device */
  guest_put64(to + 8, number);
  guest_put64(to + 16, type);
  guest_put64(to + 24, 1); /* links */
  guest_put64(to + 32, (uint64_t)size);
  for (uint32_t time = 40; time <= 56; time += 8) {
    guest_put64(to + time, CLOCK_START_NS);
  }
}

static void put_node(uint32_t to, const struct node *node) {
  put_filestat(to, node->number, node->directory ? DIRECTORY : REGULAR_FILE, node->directory ? 0 : node->size);
}

WASI(fd_filestat_get, uint32_t fd, uint32_t to) {
  struct descriptor *d;
  CHECK(descriptor_any(fd, &d));
  if (d->type == CHARACTER_DEVICE) {
    put_filestat(to, 0, CHARACTER_DEVICE, 0);
  } else {
    put_node(to, d->node);
  }
  return SUCCESS;
}

WASI(fd_filestat_set_size, uint32_t fd, uint64_t size) {
  struct descriptor *d;
  if (size > INT64_MAX) {
    return INVAL;
  }
  CHECK(descriptor_regular(fd, RIGHT_FD_FILESTAT_SET_SIZE, &d));
  return file_resize(d->node, (int64_t)size);
}

WASI(fd_allocate, uint32_t fd, uint64_t offset, uint64_t length) {
  struct descriptor *d;
  CHECK(descriptor_regular(fd, RIGHT_FD_ALLOCATE, &d));
  if (offset > INT64_MAX || length == 0 || length > INT64_MAX || offset > INT64_MAX - length) {
    return INVAL;
  }
  int64_t end = (int64_t)(offset + length);
  return end > d->node->size ? file_resize(d->node, end) : SUCCESS;
}

WASI(fd_seek, uint32_t fd, uint64_t offset, uint32_t whence, uint32_t to) {
  struct descriptor *d;
  CHECK(descriptor_regular(fd, 0, &d));
  int64_t base;
  switch (whence) {
    case 0:
      base = 0;
      break;
    case 1:
      base = d->position;
      break;
    case 2:
      base = d->node->size;
      break;
    default:
      return INVAL;
  }
  int64_t position = (int64_t)((uint64_t)base + offset);
  if (position < 0) { /* also when the sum went over the top */
    return INVAL;
  }
  d->position = position;
  guest_put64(to, (uint64_t)position);
  return SUCCESS;
}

WASI(fd_tell, uint32_t fd, uint32_t to) {
  struct descriptor *d;
  CHECK(descriptor_regular(fd, 0, &d));
  guest_put64(to, (uint64_t)d->position);
  return SUCCESS;
}

/* --- reading and writing --- */

struct buffer {
  uint32_t at;
  uint32_t length;
};

static struct buffer buffer(uint32_t vectors, uint32_t i) {
  return (struct buffer){guest_get32(vectors + 8 * i), guest_get32(vectors + 8 * i + 4)};
}

/* A buffer outside the memory traps before anything is moved. */
static enum fault check_buffers(uint32_t vectors, uint32_t count, uint32_t *sum) {
  if (count > VECTORS_MAX) {
    return INVAL;
  }
  uint64_t total = 0;
  for (uint32_t i = 0; i < count; i++) {
    struct buffer b = buffer(vectors, i);
    if (b.length != 0) {
      guest_at(b.at, b.length);
    }
    total += b.length;
  }
  if (total > INT32_MAX) {
    return INVAL;
  }
  *sum = (uint32_t)total;
  return SUCCESS;
}

/*
 * The list of buffers is read entry by entry, so one that lies in a buffer before it is used as it is then: a length of 2^31 or
 * more then counts as 0.
 */
static uint32_t use(uint32_t length) { return length > INT32_MAX ? 0 : length; }

static enum fault read_at(struct node *file, int64_t from, uint32_t vectors, uint32_t count, uint32_t *moved) {
  uint32_t sum;
  CHECK(check_buffers(vectors, count, &sum));
  *moved = 0;
  for (uint32_t i = 0; i < count; i++) {
    struct buffer b = buffer(vectors, i);
    for (uint32_t done = 0; done < use(b.length);) {
      uint32_t left = b.length - done;
      uint32_t n = file_holds(file, from + *moved, left < CHUNK ? left : CHUNK);
      if (n == 0) {
        return SUCCESS;
      }
      file_read(file, from + *moved, guest_at(b.at + done, n), n);
      done += n;
      *moved += n;
    }
  }
  return SUCCESS;
}

static enum fault write_at(struct node *file, int64_t from, uint32_t vectors, uint32_t count, uint32_t *moved) {
  uint32_t sum;
  CHECK(check_buffers(vectors, count, &sum));
  *moved = 0;
  for (uint32_t i = 0; i < count; i++) {
    struct buffer b = buffer(vectors, i);
    for (uint32_t done = 0; done < b.length;) {
      uint32_t n = b.length - done < CHUNK ? b.length - done : CHUNK;
      enum fault fault = file_write(file, from + *moved, guest_at(b.at + done, n), n);
      if (fault != SUCCESS) {
        return *moved > 0 ? SUCCESS : fault; /* fewer octets than asked, where the space ended in between */
      }
      done += n;
      *moved += n;
    }
  }
  return SUCCESS;
}

WASI(fd_read, uint32_t fd, uint32_t vectors, uint32_t count, uint32_t to) {
  struct descriptor *d;
  uint32_t moved;
  CHECK(descriptor_any(fd, &d));
  if (d->type == CHARACTER_DEVICE) {
    guest_put32(to, 0); /* nobody types */
    return SUCCESS;
  }
  CHECK(descriptor_regular(fd, RIGHT_FD_READ, &d));
  CHECK(read_at(d->node, d->position, vectors, count, &moved));
  d->position += moved;
  guest_put32(to, moved);
  return SUCCESS;
}

WASI(fd_pread, uint32_t fd, uint32_t vectors, uint32_t count, uint64_t offset, uint32_t to) {
  struct descriptor *d;
  uint32_t moved;
  CHECK(descriptor_regular(fd, RIGHT_FD_READ, &d));
  if (offset > INT64_MAX) {
    return INVAL;
  }
  CHECK(read_at(d->node, (int64_t)offset, vectors, count, &moved));
  guest_put32(to, moved);
  return SUCCESS;
}

static enum fault print(uint32_t vectors, uint32_t count, uint32_t *sum) {
  CHECK(check_buffers(vectors, count, sum));
  for (uint32_t i = 0; i < count; i++) {
    struct buffer b = buffer(vectors, i);
    tail_write(guest_at(b.at, b.length), b.length);
  }
  return SUCCESS;
}

WASI(fd_write, uint32_t fd, uint32_t vectors, uint32_t count, uint32_t to) {
  struct descriptor *d;
  uint32_t moved;
  CHECK(descriptor_any(fd, &d));
  if (d->type == CHARACTER_DEVICE) {
    CHECK(print(vectors, count, &moved));
    guest_put32(to, moved);
    return SUCCESS;
  }
  CHECK(descriptor_regular(fd, RIGHT_FD_WRITE, &d));
  if ((d->flags & FLAG_APPEND) != 0) {
    d->position = d->node->size;
  }
  CHECK(write_at(d->node, d->position, vectors, count, &moved));
  d->position += moved;
  guest_put32(to, moved);
  return SUCCESS;
}

WASI(fd_pwrite, uint32_t fd, uint32_t vectors, uint32_t count, uint64_t offset, uint32_t to) {
  struct descriptor *d;
  uint32_t moved;
  CHECK(descriptor_regular(fd, RIGHT_FD_WRITE, &d));
  if (offset > INT64_MAX) {
    return INVAL;
  }
  CHECK(write_at(d->node, (int64_t)offset, vectors, count, &moved));
  guest_put32(to, moved);
  return SUCCESS;
}

/* --- directories --- */

#define DIRENT 24u

/* An entry as the guest reads it: number of the next, number of the node, length of the name, type, name. */
static uint32_t dirent(uint8_t *to, uint64_t next, struct text name, const struct node *node) {
  uint32_t length = (uint32_t)name.length;
  uint32_t type = node->directory ? DIRECTORY : REGULAR_FILE;
  memcpy(to, &next, 8);
  memcpy(to + 8, &node->number, 8);
  memcpy(to + 16, &length, 4);
  memcpy(to + 20, &type, 4);
  memcpy(to + DIRENT, name.octets, length);
  return DIRENT + length;
}

/* Entries from number cookie on, as many as fit; the last may be cut off, which tells that there are more. */
WASI(fd_readdir, uint32_t fd, uint32_t at, uint32_t length, uint64_t cookie, uint32_t to) {
  struct descriptor *d;
  CHECK(descriptor_directory(fd, &d));
  const struct node *directory = d->node;
  uint64_t entries = directory->count + 2;
  uint32_t used = 0;
  for (uint64_t i = cookie > INT64_MAX ? 0 : cookie; i < entries; i++) {
    uint8_t octets[DIRENT + NAME_OCTETS_MAX];
    const struct node *node = i < 2 ? directory : directory->children[i - 2]; /* where .. leads is not told */
    struct text name = i == 0 ? (struct text){".", 1} : i == 1 ? (struct text){"..", 2} : node->name;
    uint32_t size = dirent(octets, i + 1, name, node);
    if (length > INT32_MAX) {
      guest_trapped("out of bounds access of memory");
    }
    uint32_t part = size < length - used ? size : length - used;
    memcpy(guest_at(at + used, part), octets, part);
    used += part;
    if (part < size) {
      break;
    }
  }
  guest_put32(to, used);
  return SUCCESS;
}

static enum fault preopen(uint32_t fd, struct text *name) {
  struct descriptor *d;
  CHECK(descriptor_any(fd, &d));
  if (d->preopen == NULL) {
    return BADF;
  }
  *name = (struct text){d->preopen, strlen(d->preopen)};
  return SUCCESS;
}

WASI(fd_prestat_get, uint32_t fd, uint32_t to) {
  struct text name;
  CHECK(preopen(fd, &name));
  guest_put32(to, 0); /* the only kind: a directory */
  guest_put32(to + 4, (uint32_t)name.length);
  return SUCCESS;
}

WASI(fd_prestat_dir_name, uint32_t fd, uint32_t to, uint32_t length) {
  struct text name;
  CHECK(preopen(fd, &name));
  if (length < name.length) {
    return INVAL;
  }
  memcpy(guest_at(to, name.length), name.octets, name.length);
  return SUCCESS;
}

/* --- paths --- */

/* Copies a path out of the guest's memory and follows it. The place refers to the copy. */
static enum fault find(uint32_t fd, uint32_t at, uint32_t length, char copy[PATH_OCTETS_MAX], struct place *place) {
  struct descriptor *base;
  CHECK(descriptor_directory(fd, &base));
  if (length > PATH_OCTETS_MAX) {
    return INVAL;
  }
  memcpy(copy, guest_at(at, length), length);
  struct text path = {copy, length};
  if (!text_is_utf8(path)) {
    return INVAL;
  }
  return tree_find(base->node, path, place);
}

static enum fault existing(uint32_t fd, uint32_t at, uint32_t length, struct node **node) {
  char copy[PATH_OCTETS_MAX];
  struct place place;
  CHECK(find(fd, at, length, copy, &place));
  *node = place.node;
  return place.node == NULL ? NOENT : SUCCESS;
}

enum { OPEN_CREATE = 1, OPEN_DIRECTORY = 2, OPEN_EXCLUSIVE = 4, OPEN_TRUNCATE = 8 };

static enum fault cut_off(struct node *file) {
  node_opened(file);
  enum fault fault = file_resize(file, 0);
  node_closed(file);
  return fault;
}

static enum fault to_open(const struct place *place, uint32_t how, uint64_t rights, struct node **node) {
  bool create = (how & OPEN_CREATE) != 0;
  bool truncate = (how & OPEN_TRUNCATE) != 0;
  *node = place->node;
  if (*node == NULL) {
    if (!create) {
      return NOENT;
    }
    if ((how & OPEN_DIRECTORY) != 0) {
      return INVAL;
    }
    CHECK(tree_create_file(place, node));
  } else if (create && (how & OPEN_EXCLUSIVE) != 0) {
    return EXIST;
  }
  if ((*node)->directory) {
    return truncate || create ? ISDIR : SUCCESS;
  }
  if ((how & OPEN_DIRECTORY) != 0) {
    return NOTDIR;
  }
  bool writes = (rights & (RIGHT_FD_WRITE | RIGHT_FD_ALLOCATE | RIGHT_FD_FILESTAT_SET_SIZE)) != 0 || truncate;
  if (writes && !(*node)->writable) {
    return ROFS;
  }
  return truncate ? cut_off(*node) : SUCCESS;
}

WASI(path_open, uint32_t fd, uint32_t lookup, uint32_t at, uint32_t length, uint32_t how, uint64_t rights, uint64_t inheriting,
     uint32_t flags, uint32_t to) {
  struct descriptor *base;
  struct descriptor opened = {.rights = rights, .inheriting = inheriting};
  char copy[PATH_OCTETS_MAX];
  struct place place;
  uint32_t number;
  CHECK(descriptor_directory(fd, &base));
  if ((rights & ~base->inheriting) != 0 || (inheriting & ~base->inheriting) != 0) {
    return NOTCAPABLE;
  }
  CHECK(find(fd, at, length, copy, &place));
  CHECK(to_open(&place, how, rights, &opened.node));
  opened.type = opened.node->directory ? DIRECTORY : REGULAR_FILE;
  opened.flags = opened.node->directory ? 0 : (uint16_t)flags;
  CHECK(descriptor_add(opened, &number));
  guest_put32(to, number);
  return SUCCESS;
}

WASI(path_filestat_get, uint32_t fd, uint32_t lookup, uint32_t at, uint32_t length, uint32_t to) {
  struct node *node;
  CHECK(existing(fd, at, length, &node));
  put_node(to, node);
  return SUCCESS;
}

/* Times stand still here; the call only has to find the file. */
WASI(path_filestat_set_times, uint32_t fd, uint32_t lookup, uint32_t at, uint32_t length, uint64_t access, uint64_t change,
     uint32_t which) {
  struct node *node;
  return existing(fd, at, length, &node);
}

/* There are no links, so whatever exists is none. */
WASI(path_readlink, uint32_t fd, uint32_t at, uint32_t length, uint32_t to, uint32_t room, uint32_t used) {
  struct node *node;
  CHECK(existing(fd, at, length, &node));
  return INVAL;
}

WASI(path_link, uint32_t fd, uint32_t lookup, uint32_t at, uint32_t length, uint32_t to_fd, uint32_t to, uint32_t to_length) {
  return NOTSUP;
}

WASI(path_symlink, uint32_t target, uint32_t target_length, uint32_t fd, uint32_t at, uint32_t length) { return NOTSUP; }

WASI(path_create_directory, uint32_t fd, uint32_t at, uint32_t length) {
  char copy[PATH_OCTETS_MAX];
  struct place place;
  CHECK(find(fd, at, length, copy, &place));
  return tree_create_directory(&place);
}

WASI(path_remove_directory, uint32_t fd, uint32_t at, uint32_t length) {
  char copy[PATH_OCTETS_MAX];
  struct place place;
  CHECK(find(fd, at, length, copy, &place));
  return tree_remove_directory(&place);
}

WASI(path_unlink_file, uint32_t fd, uint32_t at, uint32_t length) {
  char copy[PATH_OCTETS_MAX];
  struct place place;
  CHECK(find(fd, at, length, copy, &place));
  return tree_remove_file(&place);
}

WASI(path_rename, uint32_t fd, uint32_t at, uint32_t length, uint32_t to_fd, uint32_t to, uint32_t to_length) {
  char copy[PATH_OCTETS_MAX];
  char to_copy[PATH_OCTETS_MAX];
  struct place place;
  struct place to_place;
  CHECK(find(fd, at, length, copy, &place));
  CHECK(find(to_fd, to, to_length, to_copy, &to_place));
  return tree_rename(&place, &to_place);
}
