/*
 * Runs one unit: reads its task, runs the guest, leaves the output bundle and the result in the working directory (task.h says
 * where what lies). Takes no arguments and looks at no environment.
 */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "descriptors.h"
#include "host.h"
#include "snapshot.h"
#include "task.h"
#include "tree.h"
#include "world.h"

noreturn void machine_failed(const char *what) {
  int reason = errno;
  if (reason == 0) {
    fprintf(stderr, "%s\n", what);
  } else {
    fprintf(stderr, "%s: %s\n", what, strerror(reason));
  }
  _exit(EXIT_MACHINE_FAILED);
}

/* Standard input is a pipe that ends when the agent does, and then so does this. An octet is a wish to put the guest aside. */
static void *listen_to_agent(void *nothing) {
  char octet;
  ssize_t n;
  do {
    n = read(STDIN_FILENO, &octet, 1);
    if (n > 0) {
      snapshot_wish();
    }
  } while (n > 0 || (n < 0 && errno == EINTR));
  _exit(EXIT_ORPHANED);
  return nothing;
}

int main(void) {
  pthread_t lifeline;
  if (pthread_create(&lifeline, NULL, listen_to_agent, NULL) != 0) {
    machine_failed("the end of the agent cannot be watched");
  }
  errno = 0;
  struct task task = task_read();
  tree_start(task.disk);
  for (uint32_t i = 0; i < task_inputs(); i++) {
    tree_add_input((int)i, task_input(i));
  }
  descriptors_start();
  random_start(task.seed);
  snapshot_start(&task);
  errno = 0;
  struct ended ended = guest_run(task.pages);
  descriptors_close_all();
  if (ended.finished) {
    tree_write_bundle();
  }
  result_write(ended);
  _exit(EXIT_RESULT);
}
