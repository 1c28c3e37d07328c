/*
 * What the process is told and what it tells, as files around its working directory, in which it may write: beside it lie the
 * file task and the directory in, which it only reads. Lines of ASCII; texts of any octets are preceded by their length, as in
 * "5:a b\nc" and a newline.
 *
 * The file ../task:
 *   almoner-fast-task/1
 *   seed <64 hexadecimal digits>
 *   pages <cap on the memory, in pages of 64 KiB>
 *   disk <octets the guest may write>
 *   snapshots <1 when the guest is put aside between its steps, else 0>, and then three lines more:
 *     unit <64 hexadecimal digits: its name in a snapshot>
 *     every <least milliseconds between two>
 *     start <when this part begins, milliseconds since 1970>
 *   arguments <how many>, and that many texts
 *   inputs <how many>, and that many texts: paths below /in, ascending; number i is the file ../in/i
 *
 * The file ../resume, where there is one, is a snapshot to go on from, and the file snapshot the last that was made: snapshot.h.
 *
 * The file result, made in one step as the last act:
 *   almoner-fast-result/1
 *   end finished | trapped
 *   exit <0 to 255>
 *   count <instructions by the meter's rule>
 *   refused <1 when the guest was refused memory, else 0>
 *   cpu <user and system time of this process in milliseconds>
 *   reason <text>: why it trapped, empty when it finished
 *   tail <how many>, and that many texts: the last lines it printed
 */
#ifndef ALMONER_TASK_H
#define ALMONER_TASK_H

#include "host.h"
#include "text.h"
#include "world.h"

struct task {
  uint8_t seed[SHA256_OCTETS];
  uint32_t pages;
  int64_t disk;
  bool snapshots;
  uint8_t unit[SHA256_OCTETS];
  int64_t every_ms;
  int64_t start_ms;
};

/* Reads the file. What it does not expect ends the process: the agent that wrote it is broken. */
struct task task_read(void);

uint32_t task_arguments(void);
struct text task_argument(uint32_t i);
uint32_t task_inputs(void);
struct text task_input(uint32_t i);

/* User and system time of this process. */
int64_t task_cpu_ms(void);

/* Writes the result. Takes no memory: the guest may have ended in the middle of anything. */
void result_write(struct ended ended);

#endif
