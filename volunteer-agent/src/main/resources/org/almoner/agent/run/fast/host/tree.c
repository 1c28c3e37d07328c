#define _GNU_SOURCE
#include "tree.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "host.h"

static struct node *in;
static struct node *out;
static uint64_t next_number = 1;
static int64_t octets_left;
static int nodes_left = NODES_MAX;

/* --- nodes --- */

static struct node *new_node(bool directory, bool writable) {
  struct node *node = calloc(1, sizeof *node);
  if (node == NULL) {
    machine_failed("there is no room for a file of the guest");
  }
  node->directory = directory;
  node->writable = writable;
  node->number = next_number++;
  node->host = -1;
  node->input = -1;
  return node;
}

static void free_node(struct node *node) {
  free((char *)node->name.octets);
  free(node->children);
  free(node);
}

static void give_name(struct node *node, struct text name) {
  char *copy = malloc(name.length + 1);
  if (copy == NULL) {
    machine_failed("there is no room for a name of the guest");
  }
  memcpy(copy, name.octets, name.length);
  free((char *)node->name.octets);
  node->name = (struct text){copy, name.length};
}

/* Index of the first child whose name is not below the given one. */
static size_t position_of(const struct node *directory, struct text name) {
  size_t low = 0;
  size_t high = directory->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (text_compare(directory->children[middle]->name, name) < 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

static struct node *child(const struct node *directory, struct text name) {
  size_t at = position_of(directory, name);
  bool there = at < directory->count && text_compare(directory->children[at]->name, name) == 0;
  return there ? directory->children[at] : NULL;
}

static void attach(struct node *directory, struct text name, struct node *node) {
  if (directory->count == directory->room) {
    directory->room = directory->room == 0 ? 8 : 2 * directory->room;
    directory->children = realloc(directory->children, directory->room * sizeof *directory->children);
    if (directory->children == NULL) {
      machine_failed("there is no room for a directory of the guest");
    }
  }
  give_name(node, name);
  size_t at = position_of(directory, node->name);
  memmove(directory->children + at + 1, directory->children + at, (directory->count - at) * sizeof *directory->children);
  directory->children[at] = node;
  directory->count++;
  node->parent = directory;
}

static void detach(struct node *node) {
  struct node *directory = node->parent;
  size_t at = position_of(directory, node->name);
  directory->count--;
  memmove(directory->children + at, directory->children + at + 1, (directory->count - at) * sizeof *directory->children);
}

void tree_start(int64_t disk_octets) {
  octets_left = disk_octets;
  in = new_node(true, false);
  out = new_node(true, true);
}

struct node *tree_in(void) { return in; }

struct node *tree_out(void) { return out; }

/* --- octets of files --- */

/* Takes room on the guest's disk, or gives it back when octets is negative. */
static enum fault take(int64_t octets) {
  if (octets > octets_left) {
    return NOSPC;
  }
  octets_left -= octets;
  return SUCCESS;
}

#define HOST_NAME_MAX_OCTETS 32

static void host_name(const struct node *file, char name[HOST_NAME_MAX_OCTETS]) {
  if (file->input >= 0) {
    snprintf(name, HOST_NAME_MAX_OCTETS, "../in/%d", file->input);
  } else {
    snprintf(name, HOST_NAME_MAX_OCTETS, "scratch/%llu", (unsigned long long)file->number);
  }
}

static int open_host(const struct node *file, int how) {
  char name[HOST_NAME_MAX_OCTETS];
  host_name(file, name);
  int host = open(name, how | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (host < 0) {
    machine_failed("a file behind one of the guest cannot be opened");
  }
  return host;
}

void tree_add_input(int i, struct text path) {
  struct node *directory = in;
  struct text rest = path;
  for (;;) {
    const char *slash = memchr(rest.octets, '/', rest.length);
    struct text part = {rest.octets, slash == NULL ? rest.length : (size_t)(slash - rest.octets)};
    struct node *node = child(directory, part);
    if (slash == NULL) {
      if (node != NULL) {
        machine_failed("two inputs have one name");
      }
      node = new_node(false, false);
      node->input = i;
      int host = open_host(node, O_RDONLY);
      node->size = lseek(host, 0, SEEK_END);
      if (node->size < 0) {
        machine_failed("an input has no size");
      }
      close(host);
      attach(directory, part, node);
      return;
    }
    if (node == NULL) {
      node = new_node(true, false);
      attach(directory, part, node);
    } else if (!node->directory) {
      machine_failed("an input lies below another input");
    }
    directory = node;
    rest = (struct text){slash + 1, rest.length - part.length - 1};
  }
}

void node_opened(struct node *node) {
  if (!node->directory && node->openings == 0) {
    node->host = open_host(node, node->writable ? O_RDWR : O_RDONLY);
  }
  node->openings++;
}

/* A node without a name and without descriptors is gone. The room of a directory was given back when it lost its name. */
static void release(struct node *node) {
  if (!node->removed || node->openings > 0) {
    return;
  }
  if (!node->directory) {
    char name[HOST_NAME_MAX_OCTETS];
    host_name(node, name);
    if (unlink(name) != 0) {
      machine_failed("a file behind one of the guest cannot be removed");
    }
    nodes_left++;
    octets_left += node->size;
  }
  free_node(node);
}

void node_closed(struct node *node) {
  node->openings--;
  if (!node->directory && node->openings == 0) {
    close(node->host);
    node->host = -1;
  }
  release(node);
}

uint32_t file_holds(const struct node *file, int64_t position, uint32_t length) {
  if (position >= file->size) {
    return 0;
  }
  return file->size - position < length ? (uint32_t)(file->size - position) : length;
}

void file_read(const struct node *file, int64_t position, void *to, uint32_t length) {
  for (uint32_t done = 0; done < length;) {
    ssize_t n = pread(file->host, (char *)to + done, length - done, position + done);
    if (n <= 0) {
      machine_failed("a file behind one of the guest cannot be read, or became shorter");
    }
    done += (uint32_t)n;
  }
}

enum fault file_write(struct node *file, int64_t position, const void *octets, uint32_t length) {
  if (position > INT64_MAX - (int64_t)length) {
    return FBIG;
  }
  int64_t end = position + length;
  if (end > file->size) {
    enum fault fault = take(end - file->size);
    if (fault != SUCCESS) {
      return fault;
    }
    file->size = end;
  }
  for (uint32_t done = 0; done < length;) {
    ssize_t n = pwrite(file->host, (const char *)octets + done, length - done, position + done);
    if (n <= 0) {
      machine_failed("a file behind one of the guest cannot be written");
    }
    done += (uint32_t)n;
  }
  return SUCCESS;
}

enum fault file_resize(struct node *file, int64_t size) {
  enum fault fault = take(size - file->size);
  if (fault != SUCCESS) {
    return fault;
  }
  file->size = size;
  if (ftruncate(file->host, size) != 0) {
    machine_failed("a file behind one of the guest cannot change its size");
  }
  return SUCCESS;
}

/* --- names --- */

static bool only_slashes(struct text t) {
  for (size_t i = 0; i < t.length; i++) {
    if (t.octets[i] != '/') {
      return false;
    }
  }
  return true;
}

enum fault tree_find(struct node *base, struct text path, struct place *place) {
  static const struct text self = {".", 1};
  if (path.length == 0) {
    return NOENT;
  }
  if (path.octets[0] == '/') {
    return NOTCAPABLE;
  }
  size_t depth = 0; /* below base */
  *place = (struct place){base, self, base};
  for (struct text rest = path;;) {
    const char *slash = memchr(rest.octets, '/', rest.length);
    struct text part = {rest.octets, slash == NULL ? rest.length : (size_t)(slash - rest.octets)};
    struct text after = {slash == NULL ? rest.octets : slash + 1, slash == NULL ? 0 : rest.length - part.length - 1};
    struct node *at = place->node;
    if (at == NULL) {
      return NOENT;
    }
    if (!at->directory) {
      return NOTDIR;
    }
    if (text_is(part, "..")) {
      if (depth == 0) {
        return NOTCAPABLE;
      }
      depth--;
      *place = (struct place){at->parent, self, at->parent};
    } else if (part.length > 0 && !text_is(part, ".")) {
      *place = (struct place){at, part, child(at, part)};
      if (place->node != NULL && place->node->directory) {
        depth++;
      }
      if (place->node == NULL && slash != NULL && only_slashes(after)) {
        return SUCCESS; /* "new/" names what mkdir may create */
      }
    }
    if (slash == NULL) {
      return SUCCESS;
    }
    rest = after;
  }
}

/* Octets of the path of what lies in a directory, without the name itself. */
static size_t prefix_length(const struct node *directory) {
  size_t length = 0;
  for (; directory->parent != NULL; directory = directory->parent) {
    length += directory->name.length + 1;
  }
  return length;
}

static enum fault check_writable(const struct place *place) {
  if (!place->parent->writable) {
    return ROFS;
  }
  if (text_is(place->name, ".")) {
    return INVAL; /* a directory itself is no name in it */
  }
  return SUCCESS;
}

/* What an output bundle could not name cannot be made. */
static enum fault check_new(const struct place *place) {
  enum fault fault = check_writable(place);
  if (fault != SUCCESS) {
    return fault;
  }
  if (place->parent->removed) {
    return NOENT;
  }
  bool fits = prefix_length(place->parent) + place->name.length <= NAME_OCTETS_MAX;
  return fits && text_is_name(place->name) ? SUCCESS : INVAL;
}

enum fault tree_create_file(const struct place *place, struct node **made) {
  enum fault fault = check_new(place);
  if (fault != SUCCESS) {
    return fault;
  }
  if (nodes_left == 0) {
    return NOSPC;
  }
  nodes_left--;
  struct node *file = new_node(false, true);
  close(open_host(file, O_RDWR | O_CREAT | O_EXCL));
  attach(place->parent, place->name, file);
  *made = file;
  return SUCCESS;
}

enum fault tree_create_directory(const struct place *place) {
  if (place->node != NULL) {
    return EXIST;
  }
  enum fault fault = check_new(place);
  if (fault != SUCCESS) {
    return fault;
  }
  if (nodes_left == 0) {
    return NOSPC;
  }
  nodes_left--;
  attach(place->parent, place->name, new_node(true, true));
  return SUCCESS;
}

static void remove_node(struct node *node) {
  detach(node);
  node->removed = true;
  if (node->directory) {
    nodes_left++;
  }
  release(node);
}

enum fault tree_remove_file(const struct place *place) {
  enum fault fault = check_writable(place);
  if (fault != SUCCESS) {
    return fault;
  }
  if (place->node == NULL) {
    return NOENT;
  }
  if (place->node->directory) {
    return ISDIR;
  }
  remove_node(place->node);
  return SUCCESS;
}

enum fault tree_remove_directory(const struct place *place) {
  enum fault fault = check_writable(place);
  if (fault != SUCCESS) {
    return fault;
  }
  if (place->node == NULL) {
    return NOENT;
  }
  if (!place->node->directory) {
    return NOTDIR;
  }
  if (place->node->count > 0) {
    return NOTEMPTY;
  }
  remove_node(place->node);
  return SUCCESS;
}

/* Octets of the longest path below a directory, seen from it; 0 when it is empty. The tree is at most 120 deep. */
static size_t longest_below(const struct node *directory) {
  size_t longest = 0;
  for (size_t i = 0; i < directory->count; i++) {
    const struct node *node = directory->children[i];
    size_t below = node->directory ? longest_below(node) : 0;
    size_t length = node->name.length + (below > 0 ? below + 1 : 0);
    longest = length > longest ? length : longest;
  }
  return longest;
}

/* A directory does not move into itself, nor where a path into it would become too long. */
static enum fault check_move(const struct node *moved, const struct place *to) {
  for (const struct node *above = to->parent; above != NULL; above = above->parent) {
    if (above == moved) {
      return INVAL;
    }
  }
  size_t below = longest_below(moved);
  size_t length = prefix_length(to->parent) + to->name.length + (below > 0 ? below + 1 : 0);
  return length <= NAME_OCTETS_MAX ? SUCCESS : INVAL;
}

enum fault tree_rename(const struct place *from, const struct place *to) {
  enum fault fault = check_writable(from);
  if (fault != SUCCESS) {
    return fault;
  }
  if (from->node == NULL) {
    return NOENT;
  }
  fault = check_new(to);
  if (fault != SUCCESS || to->node == from->node) {
    return fault;
  }
  if (from->node->directory) {
    fault = check_move(from->node, to);
  }
  if (fault == SUCCESS && to->node != NULL) {
    fault = from->node->directory ? tree_remove_directory(to) : tree_remove_file(to);
  }
  if (fault != SUCCESS) {
    return fault;
  }
  detach(from->node);
  attach(to->parent, to->name, from->node);
  return SUCCESS;
}

/* --- snapshots --- */

uint64_t tree_next_number(void) { return next_number; }

void tree_set_next_number(uint64_t number) { next_number = number; }

struct node *tree_restored(bool directory, uint64_t number, struct node *parent, struct text name, int64_t size) {
  if (parent != NULL) {
    struct place place = {parent, name, NULL};
    if (!parent->directory || parent->removed || child(parent, name) != NULL || check_new(&place) != SUCCESS) {
      return NULL;
    }
  }
  if (parent != NULL || !directory) {
    if (nodes_left == 0 || size < 0 || take(size) != SUCCESS) {
      return NULL;
    }
    nodes_left--;
  }
  struct node *node = new_node(directory, true);
  node->number = number;
  node->size = size;
  if (parent == NULL) {
    node->removed = true;
  } else {
    attach(parent, name, node);
  }
  return node;
}

FILE *file_restored(struct node *file) { return fdopen(open_host(file, O_RDWR | O_CREAT | O_EXCL), "wb"); }

static struct node *numbered(struct node *node, uint64_t number) {
  if (node->number == number) {
    return node;
  }
  for (size_t i = 0; i < node->count; i++) {
    struct node *found = numbered(node->children[i], number);
    if (found != NULL) {
      return found;
    }
  }
  return NULL;
}

struct node *tree_numbered(uint64_t number) {
  struct node *found = numbered(in, number);
  return found != NULL ? found : numbered(out, number);
}

/* --- the output bundle, docs/spec/output-bundle.md --- */

struct named {
  char *path;
  size_t length;
  struct node *file;
};

static struct named *files;
static size_t files_count;

static void collect(struct node *directory, char *path, size_t length) {
  for (size_t i = 0; i < directory->count; i++) {
    struct node *node = directory->children[i];
    memcpy(path + length, node->name.octets, node->name.length);
    size_t end = length + node->name.length;
    if (node->directory) {
      path[end] = '/';
      collect(node, path, end + 1);
    } else {
      char *copy = malloc(end);
      if (copy == NULL) {
        machine_failed("there is no room for the names of the output");
      }
      memcpy(copy, path, end);
      files[files_count++] = (struct named){copy, end, node};
    }
  }
}

static int by_octets(const void *a, const void *b) {
  const struct named *x = a;
  const struct named *y = b;
  return text_compare((struct text){x->path, x->length}, (struct text){y->path, y->length});
}

static void copy_file(struct node *file, FILE *bundle) {
  static char octets[1 << 16];
  node_opened(file);
  for (int64_t at = 0; at < file->size;) {
    uint32_t n = file_holds(file, at, sizeof octets);
    file_read(file, at, octets, n);
    fwrite(octets, 1, n, bundle);
    at += n;
  }
  node_closed(file);
}

void tree_write_bundle(void) {
  char path[2 * NAME_OCTETS_MAX];
  files = calloc(NODES_MAX, sizeof *files);
  FILE *bundle = fopen("output.bundle", "wxe");
  if (files == NULL || bundle == NULL) {
    machine_failed("the output cannot be written");
  }
  collect(out, path, 0);
  qsort(files, files_count, sizeof *files, by_octets);
  fputs("almoner-output/1\n", bundle);
  for (size_t i = 0; i < files_count; i++) {
    fprintf(bundle, "%zu:", files[i].length);
    fwrite(files[i].path, 1, files[i].length, bundle);
    fprintf(bundle, "\n%lld\n", (long long)files[i].file->size);
    copy_file(files[i].file, bundle);
    fputc('\n', bundle);
  }
  if (ferror(bundle) || fclose(bundle) != 0) {
    machine_failed("the output cannot be written");
  }
}
