/*
 * The world of a unit on the fast engine: what one part of this host offers to the others.
 *
 * The guest is a WebAssembly module that wasm2c turned into C. It runs in this process with the pages of its memory around it
 * unmapped, and reaches the world by the functions of imports.c alone. Every number and pointer they are given is the guest's
 * word: it is an offset into the guest's memory, and guest_at() is the only way from it to an address.
 *
 * Two kinds of trouble are kept apart. What the guest does wrong is a trap, or an error number it is told. What this machine
 * does wrong (a full disk, a file that went away) is no answer to the guest: the process ends, and there is no result.
 */
#ifndef ALMONER_HOST_H
#define ALMONER_HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdnoreturn.h>

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "the memory of a guest is little-endian, and so must this machine be"
#endif

/* Exit codes of the process; the agent knows them. */
enum { EXIT_RESULT = 0, EXIT_MACHINE_FAILED = 70, EXIT_ORPHANED = 71, EXIT_PUT_ASIDE = 72 };

/* Ends the process: this machine failed, not the guest. Says what, and the system's reason when there is one. */
noreturn void machine_failed(const char *what);

/* Ends the guest without a result. The reason is one sentence in ASCII. */
noreturn void guest_trapped(const char *reason);

/* Ends the guest by its own wish. */
noreturn void guest_exits(uint32_t code);

/* How a guest ended. */
struct ended {
  bool finished;
  unsigned exit;      /* 0 to 255, when it finished */
  const char *reason; /* when it did not */
};

/* Runs the guest to its end, on a stack of its own. Returns once. */
struct ended guest_run(uint32_t pages_max);

/* Makes the memory of an instantiated guest what it was, all zeros, with so many pages. Whether it can have them. */
bool guest_restore(uint32_t pages, bool was_refused);

/* Whether the guest ever asked for more memory than it may have. */
bool guest_was_refused_memory(void);

/* Instructions by the meter's rule. */
uint64_t guest_count(void);

/* Octets at..at+length-1 of the guest's memory; a trap when they are not all there. at + length does not wrap around. */
void *guest_at(uint32_t at, uint64_t length);

uint8_t guest_get8(uint32_t at);
uint16_t guest_get16(uint32_t at);
uint32_t guest_get32(uint32_t at);
uint64_t guest_get64(uint32_t at);
void guest_put8(uint32_t at, uint8_t value);
void guest_put16(uint32_t at, uint16_t value);
void guest_put32(uint32_t at, uint32_t value);
void guest_put64(uint32_t at, uint64_t value);

/*
 * The module, as glue.c wraps it: the one part that is compiled with it. Everything else here is the same for all modules.
 */
struct unit {
  uint8_t *memory;
  uint32_t octets; /* of its memory as it is now */
};
void unit_instantiate(void);
void unit_start(void);
struct unit unit_now(void);
uint64_t unit_count(void);

/* Whether the module runs in steps; and one step: whether there are more. */
bool unit_steps(void);
bool unit_step(void);

/* A global that is put aside between steps: 4 or 8 octets, nowhere when there are no more. The counter is the last. */
struct global {
  void *at;
  size_t octets;
};
struct global unit_global(uint32_t i);

#endif
