/* The guest's descriptor table: 0 to 2 the console, 3 /in, 4 /out, then what it opens, lowest first. */
#ifndef ALMONER_DESCRIPTORS_H
#define ALMONER_DESCRIPTORS_H

#include "tree.h"

/* Most open descriptors. */
#define OPEN_MAX 256

/* File types of WASI preview 1. */
enum type { FREE = 0, CHARACTER_DEVICE = 2, DIRECTORY = 3, REGULAR_FILE = 4 };

/* The rights that decide something here; the others are only remembered. */
#define RIGHT_FD_READ (1ull << 1)
#define RIGHT_FD_WRITE (1ull << 6)
#define RIGHT_FD_ALLOCATE (1ull << 8)
#define RIGHT_FD_FILESTAT_SET_SIZE (1ull << 22)
#define RIGHTS_ALL ((1ull << 30) - 1)

struct descriptor {
  enum type type;
  uint16_t flags;
  uint64_t rights;
  uint64_t inheriting;
  const char *preopen; /* the path under which the guest was given it, or NULL */
  struct node *node;   /* of a directory or a file */
  int64_t position;    /* of a file */
};

void descriptors_start(void);

/* Any open descriptor. */
enum fault descriptor_any(uint32_t number, struct descriptor **found);

enum fault descriptor_directory(uint32_t number, struct descriptor **found);

/* A regular file open for all of the given rights. */
enum fault descriptor_regular(uint32_t number, uint64_t rights, struct descriptor **found);

/* Gives a descriptor the lowest free number. */
enum fault descriptor_add(struct descriptor made, uint32_t *number);

enum fault descriptor_close(uint32_t number);

/* Puts from in the place of to, which must be open and is closed. */
enum fault descriptor_renumber(uint32_t from, uint32_t to);

/* Puts a descriptor in a free place; whether it was free. */
bool descriptor_restored(uint32_t number, struct descriptor made);

/* The guest has ended. */
void descriptors_close_all(void);

#endif
