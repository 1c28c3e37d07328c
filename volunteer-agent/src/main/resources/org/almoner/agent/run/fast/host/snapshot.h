/* What is left of a guest between two of its steps, as docs/spec/checkpoint.md describes the file; any engine goes on from it. */
#ifndef ALMONER_SNAPSHOT_H
#define ALMONER_SNAPSHOT_H

#include "task.h"

void snapshot_start(const struct task *task);

/*
 * Makes an instantiated guest what it was, if there is a file ../resume: whether there is. The agent has looked at its unit and
 * digest; that it is malformed all the same ends the process.
 */
bool snapshot_load(void);

/* For any thread: the guest is to be put aside at the next boundary, and the process to end then. */
void snapshot_wish(void);

/* Between two steps: puts the guest aside when that is due or wished. */
void snapshot_boundary(void);

#endif
