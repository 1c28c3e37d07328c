#include "descriptors.h"

static struct descriptor table[OPEN_MAX];

void descriptors_start(void) {
  for (int i = 0; i < 3; i++) {
    table[i] = (struct descriptor){.type = CHARACTER_DEVICE, .rights = RIGHT_FD_READ | RIGHT_FD_WRITE};
  }
  table[3] = (struct descriptor){
      .type = DIRECTORY, .rights = RIGHTS_ALL, .inheriting = RIGHTS_ALL, .preopen = "/in", .node = tree_in()};
  table[4] = (struct descriptor){
      .type = DIRECTORY, .rights = RIGHTS_ALL, .inheriting = RIGHTS_ALL, .preopen = "/out", .node = tree_out()};
  node_opened(tree_in());
  node_opened(tree_out());
}

enum fault descriptor_any(uint32_t number, struct descriptor **found) {
  if (number >= OPEN_MAX || table[number].type == FREE) {
    return BADF;
  }
  *found = &table[number];
  return SUCCESS;
}

enum fault descriptor_directory(uint32_t number, struct descriptor **found) {
  enum fault fault = descriptor_any(number, found);
  return fault == SUCCESS && (*found)->type != DIRECTORY ? NOTDIR : fault;
}

enum fault descriptor_regular(uint32_t number, uint64_t rights, struct descriptor **found) {
  enum fault fault = descriptor_any(number, found);
  if (fault != SUCCESS) {
    return fault;
  }
  switch ((*found)->type) {
    case REGULAR_FILE:
      return ((*found)->rights & rights) == rights ? SUCCESS : NOTCAPABLE;
    case DIRECTORY:
      return ISDIR;
    default:
      return SPIPE;
  }
}

enum fault descriptor_add(struct descriptor made, uint32_t *number) {
  for (uint32_t i = 0; i < OPEN_MAX; i++) {
    if (table[i].type == FREE) {
      node_opened(made.node);
      table[i] = made;
      *number = i;
      return SUCCESS;
    }
  }
  return MFILE;
}

static void release(struct descriptor d) {
  if (d.node != 0) {
    node_closed(d.node);
  }
}

enum fault descriptor_close(uint32_t number) {
  struct descriptor *found;
  enum fault fault = descriptor_any(number, &found);
  if (fault == SUCCESS) {
    struct descriptor closed = *found;
    *found = (struct descriptor){.type = FREE};
    release(closed);
  }
  return fault;
}

enum fault descriptor_renumber(uint32_t from, uint32_t to) {
  struct descriptor *moved;
  struct descriptor *replaced;
  enum fault fault = descriptor_any(from, &moved);
  if (fault == SUCCESS) {
    fault = descriptor_any(to, &replaced);
  }
  if (fault == SUCCESS && moved != replaced) {
    struct descriptor closed = *replaced;
    *replaced = *moved;
    *moved = (struct descriptor){.type = FREE};
    release(closed);
  }
  return fault;
}

bool descriptor_restored(uint32_t number, struct descriptor made) {
  if (number >= OPEN_MAX || table[number].type != FREE) {
    return false;
  }
  if (made.node != 0) {
    node_opened(made.node);
  }
  table[number] = made;
  return true;
}

void descriptors_close_all(void) {
  for (uint32_t i = 0; i < OPEN_MAX; i++) {
    if (table[i].type != FREE) {
      (void)descriptor_close(i);
    }
  }
}
