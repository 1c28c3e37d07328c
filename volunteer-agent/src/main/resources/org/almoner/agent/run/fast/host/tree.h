/*
 * Everything the guest can see of files: /in, which it reads, and /out, which is empty at first and its own.
 *
 * Names live here and nowhere else. No path of the guest is ever given to the system: the octets of a file lie in in/N (an input)
 * or scratch/N (written by the guest), where N is a number this host chose. Links do not exist.
 */
#ifndef ALMONER_TREE_H
#define ALMONER_TREE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "fault.h"
#include "text.h"

/* Octets of the longest path of a file, as an output bundle has it. */
#define NAME_OCTETS_MAX 240

/* Most files and directories the guest may make. */
#define NODES_MAX 10000

struct node {
  bool directory;
  bool writable;
  bool removed;      /* has no name any more; goes when nothing is open on it */
  unsigned openings; /* descriptors */
  uint64_t number;   /* distinct for each node, the same on every machine */
  struct node *parent;
  struct text name;
  /* of a directory: what it holds, in the order of the octets of the names */
  struct node **children;
  size_t count;
  size_t room;
  /* of a file */
  int64_t size;
  int host;  /* descriptor of this process, -1 while nothing is open on it */
  int input; /* its number among the inputs, -1 for one the guest made */
};

/* Octets of all files by their size, beyond which the guest cannot write. Call it first. */
void tree_start(int64_t disk_octets);

/* Adds input number i; in ascending order of their paths. */
void tree_add_input(int i, struct text path);

struct node *tree_in(void);
struct node *tree_out(void);

/* Where a path leads: the directory, the last name in it, and the node of that name if there is one. */
struct place {
  struct node *parent;
  struct text name;
  struct node *node;
};

/* Follows a relative path from base, which it never leaves upwards. The name points into path. */
enum fault tree_find(struct node *base, struct text path, struct place *place);

enum fault tree_create_file(const struct place *place, struct node **made);
enum fault tree_create_directory(const struct place *place);
enum fault tree_remove_file(const struct place *place);
enum fault tree_remove_directory(const struct place *place);
enum fault tree_rename(const struct place *from, const struct place *to);

/* Count a descriptor more or less on a node. A file can be used while there is one. */
void node_opened(struct node *node);
void node_closed(struct node *node);

/* How many octets there are from position on, at most length. */
uint32_t file_holds(const struct node *file, int64_t position, uint32_t length);

/* Reads octets that the file holds. */
void file_read(const struct node *file, int64_t position, void *to, uint32_t length);

enum fault file_write(struct node *file, int64_t position, const void *octets, uint32_t length);

/* Cuts the file off or fills it up with zeros. */
enum fault file_resize(struct node *file, int64_t size);

/*
 * For snapshots, which list the nodes the guest made. tree_restored() makes one again, below a directory or without a name when
 * that is NULL; NULL when there can be none like it. The octets of a file are written by file_restored(), before it is opened.
 */
uint64_t tree_next_number(void);
void tree_set_next_number(uint64_t number);
struct node *tree_restored(bool directory, uint64_t number, struct node *parent, struct text name, int64_t size);
FILE *file_restored(struct node *file);

/* The node of that number with a name, inputs and /out among them, or NULL. */
struct node *tree_numbered(uint64_t number);

/* Writes all files below /out as an output bundle to the file output.bundle. Nothing may be open any more. */
void tree_write_bundle(void);

#endif
