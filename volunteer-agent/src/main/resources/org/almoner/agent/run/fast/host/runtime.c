/*
 * What code made by wasm2c needs at run time: memory, tables, types of functions, traps. The interface is that of wabt's
 * wasm-rt.h; the implementation is our own, because wabt's aborts where this machine fails, takes the cap on memory from the
 * module alone, and tells an exhausted stack from a bad address by guessing.
 *
 * Memory. 8 GiB of addresses are set aside, none of them usable; the guest's pages are opened at their beginning. An address is
 * at most 2^32 - 1 plus an offset below 2^31, so no access of the guest can reach beyond the 8 GiB: it is inside, or it faults.
 *
 * Stack. The guest has a stack of its own with closed pages below it; code is compiled with -fstack-clash-protection, so no frame
 * jumps over them. A fault there is an exhausted stack. A fault anywhere else is a fault of this program, which dies of it.
 */
#define _GNU_SOURCE
#include "host.h"

#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "snapshot.h"
#include "wasm-rt.h"

#define PAGE 65536u
#define MEMORY_RESERVED (1ull << 33)
#define STACK_OCTETS (256ull << 20)
#define STACK_GUARD (1ull << 20)
#define SIGNAL_STACK_OCTETS (64u << 10)

static uint32_t pages_cap;
static bool refused;
static uint8_t *reserved;
static wasm_rt_memory_t *instantiated;
static uint8_t *stack;
static sigjmp_buf out;
static struct ended end;

bool guest_was_refused_memory(void) { return refused; }

uint64_t guest_count(void) { return unit_count(); }

/* --- how a guest ends --- */

noreturn void guest_trapped(const char *reason) {
  end = (struct ended){.finished = false, .reason = reason};
  siglongjmp(out, 1);
}

noreturn void guest_exits(uint32_t code) {
  end = (struct ended){.finished = true, .exit = code & 0xff};
  siglongjmp(out, 1);
}

noreturn void wasm_rt_trap(wasm_rt_trap_t trap) {
  switch (trap) {
    case WASM_RT_TRAP_OOB:
      guest_trapped("out of bounds access of memory or a table");
    case WASM_RT_TRAP_INT_OVERFLOW:
      guest_trapped("integer overflow");
    case WASM_RT_TRAP_DIV_BY_ZERO:
      guest_trapped("integer divide by zero");
    case WASM_RT_TRAP_INVALID_CONVERSION:
      guest_trapped("invalid conversion to integer");
    case WASM_RT_TRAP_UNREACHABLE:
      guest_trapped("unreachable executed");
    case WASM_RT_TRAP_CALL_INDIRECT:
      guest_trapped("indirect call of no function or one of another type");
    default:
      guest_trapped("call stack exhausted");
  }
}

static bool lies_in(const void *address, const uint8_t *from, uint64_t octets) {
  return from != NULL && (uintptr_t)address - (uintptr_t)from < octets;
}

static void on_fault(int number, siginfo_t *info, void *context) {
  (void)context;
  if (lies_in(info->si_addr, reserved, MEMORY_RESERVED)) {
    wasm_rt_trap(WASM_RT_TRAP_OOB);
  }
  if (lies_in(info->si_addr, stack, STACK_GUARD)) {
    wasm_rt_trap(WASM_RT_TRAP_EXHAUSTION);
  }
  signal(number, SIG_DFL); /* back to the same instruction, and this time the process dies */
}

/* The handler needs a stack that is not exhausted. */
static void catch_faults(void) {
  static uint8_t octets[SIGNAL_STACK_OCTETS];
  stack_t other = {.ss_sp = octets, .ss_size = sizeof octets};
  struct sigaction action = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_ONSTACK};
  sigemptyset(&action.sa_mask);
  if (sigaltstack(&other, NULL) != 0 || sigaction(SIGSEGV, &action, NULL) != 0 || sigaction(SIGBUS, &action, NULL) != 0) {
    machine_failed("faults of the guest cannot be caught");
  }
}

static void *run(void *nothing) {
  catch_faults(); /* the other stack belongs to the thread that asks for it */
  if (sigsetjmp(out, 1) == 0) {
    unit_instantiate();
    bool resumed = snapshot_load();
    if (!resumed) {
      unit_start();
    }
    if (unit_steps()) {
      do {
        if (!resumed) {
          snapshot_boundary();
        }
        resumed = false;
      } while (unit_step());
    }
    end = (struct ended){.finished = true, .exit = 0};
  }
  return nothing;
}

struct ended guest_run(uint32_t pages_max) {
  pages_cap = pages_max;
  pthread_attr_t attributes;
  pthread_t thread;
  stack = mmap(NULL, STACK_GUARD + STACK_OCTETS, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (stack == MAP_FAILED || mprotect(stack + STACK_GUARD, STACK_OCTETS, PROT_READ | PROT_WRITE) != 0) {
    machine_failed("there is no room for the guest's stack");
  }
  if (pthread_attr_init(&attributes) != 0 || pthread_attr_setstack(&attributes, stack + STACK_GUARD, STACK_OCTETS) != 0 ||
      pthread_create(&thread, &attributes, run, NULL) != 0 || pthread_join(thread, NULL) != 0) {
    machine_failed("the guest cannot be started");
  }
  return end;
}

/* --- the guest's memory --- */

void *guest_at(uint32_t at, uint64_t length) {
  struct unit unit = unit_now();
  if (length > unit.octets || at > unit.octets - length) {
    wasm_rt_trap(WASM_RT_TRAP_OOB);
  }
  return unit.memory + at;
}

#define ACCESS(bits)                                      \
  uint##bits##_t guest_get##bits(uint32_t at) {           \
    uint##bits##_t value;                                 \
    memcpy(&value, guest_at(at, sizeof value), sizeof value); \
    return value;                                         \
  }                                                       \
  void guest_put##bits(uint32_t at, uint##bits##_t value) { memcpy(guest_at(at, sizeof value), &value, sizeof value); }

ACCESS(8)
ACCESS(16)
ACCESS(32)
ACCESS(64)

/* Opens pages for use. That there is no room for them is this machine's fault: the guest may have them. */
static void open_pages(uint8_t *from, uint32_t pages) {
  if (pages > 0 && mprotect(from, (size_t)pages * PAGE, PROT_READ | PROT_WRITE) != 0) {
    machine_failed("there is no room for the guest's memory");
  }
}

void wasm_rt_allocate_memory(wasm_rt_memory_t *memory, uint32_t initial, uint32_t maximum) {
  if (reserved != NULL || initial > pages_cap) {
    machine_failed("the module was not admitted for this much memory");
  }
  void *addresses = mmap(NULL, MEMORY_RESERVED, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (addresses == MAP_FAILED) {
    machine_failed("8 GiB of addresses cannot be set aside for the guest's memory");
  }
  reserved = addresses;
  open_pages(reserved, initial);
  memory->data = reserved;
  memory->pages = initial;
  memory->max_pages = maximum < pages_cap ? maximum : pages_cap;
  memory->size = initial * PAGE;
  instantiated = memory;
}

uint32_t wasm_rt_grow_memory(wasm_rt_memory_t *memory, uint32_t delta) {
  uint32_t before = memory->pages;
  if (delta > memory->max_pages - before) {
    refused = true;
    return UINT32_MAX;
  }
  open_pages(memory->data + (size_t)before * PAGE, delta);
  memory->pages = before + delta;
  memory->size = memory->pages * PAGE;
  return before;
}

bool guest_restore(uint32_t pages, bool was_refused) {
  if (instantiated == NULL || pages < instantiated->pages || pages > instantiated->max_pages) {
    return false;
  }
  memset(instantiated->data, 0, (size_t)instantiated->pages * PAGE);
  (void)wasm_rt_grow_memory(instantiated, pages - instantiated->pages);
  refused = was_refused;
  return true;
}

void wasm_rt_free_memory(wasm_rt_memory_t *memory) { (void)memory; /* the process ends */ }

/* --- tables --- */

static void *elements(void *old, uint64_t number, size_t size) {
  void *grown = realloc(old, number == 0 ? 1 : number * size);
  if (grown == NULL) {
    machine_failed("there is no room for a table of the guest");
  }
  return grown;
}

#define TABLE(kind)                                                                                                     \
  void wasm_rt_allocate_##kind##_table(wasm_rt_##kind##_table_t *table, uint32_t initial, uint32_t maximum) {           \
    table->size = initial;                                                                                              \
    table->max_size = maximum;                                                                                          \
    table->data = elements(NULL, initial, sizeof *table->data);                                                         \
    memset(table->data, 0, initial * sizeof *table->data);                                                              \
  }                                                                                                                     \
  uint32_t wasm_rt_grow_##kind##_table(wasm_rt_##kind##_table_t *table, uint32_t delta, wasm_rt_##kind##_t with) {      \
    uint32_t before = table->size;                                                                                      \
    if (delta > table->max_size - before) {                                                                             \
      return UINT32_MAX;                                                                                                \
    }                                                                                                                   \
    table->data = elements(table->data, (uint64_t)before + delta, sizeof *table->data);                                 \
    for (uint32_t i = 0; i < delta; i++) {                                                                              \
      table->data[before + i] = with;                                                                                   \
    }                                                                                                                   \
    table->size = before + delta;                                                                                       \
    return before;                                                                                                      \
  }                                                                                                                     \
  void wasm_rt_free_##kind##_table(wasm_rt_##kind##_table_t *table) { (void)table; }

TABLE(funcref)
TABLE(externref)

/* --- types of functions: the same parameters and results have the same number, from 1 --- */

struct signature {
  uint32_t number; /* 0: free */
  uint32_t parameters;
  uint32_t results;
  uint8_t *types;
};

static struct signature *signatures; /* hashed, at most half full */
static uint32_t room;
static uint32_t known;

static uint32_t hash(const struct signature *s) {
  uint32_t h = s->parameters * 31 + s->results;
  for (uint32_t i = 0; i < s->parameters + s->results; i++) {
    h = (h ^ s->types[i]) * 16777619u; /* FNV-1a's prime */
  }
  return h;
}

static struct signature *slot(const struct signature *s) {
  uint32_t at = hash(s) & (room - 1);
  while (signatures[at].number != 0 &&
         (signatures[at].parameters != s->parameters || signatures[at].results != s->results ||
          memcmp(signatures[at].types, s->types, s->parameters + s->results) != 0)) {
    at = (at + 1) & (room - 1);
  }
  return &signatures[at];
}

static void make_room(void) {
  if (2 * known < room) {
    return;
  }
  struct signature *old = signatures;
  uint32_t old_room = room;
  room = room == 0 ? 64 : 2 * room;
  signatures = calloc(room, sizeof *signatures);
  if (signatures == NULL) {
    machine_failed("there is no room for the module's types");
  }
  for (uint32_t i = 0; i < old_room; i++) {
    if (old[i].number != 0) {
      *slot(&old[i]) = old[i];
    }
  }
  free(old);
}

uint32_t wasm_rt_register_func_type(uint32_t parameters, uint32_t results, ...) {
  make_room();
  struct signature s = {.parameters = parameters, .results = results};
  s.types = malloc((size_t)parameters + results + 1);
  if (s.types == NULL) {
    machine_failed("there is no room for the module's types");
  }
  va_list types;
  va_start(types, results);
  for (uint32_t i = 0; i < parameters + results; i++) {
    s.types[i] = (uint8_t)va_arg(types, int);
  }
  va_end(types);
  struct signature *place = slot(&s);
  if (place->number != 0) {
    free(s.types);
    return place->number;
  }
  s.number = ++known;
  *place = s;
  return s.number;
}

void wasm_rt_init(void) {}

bool wasm_rt_is_initialized(void) { return true; }

void wasm_rt_free(void) {}
