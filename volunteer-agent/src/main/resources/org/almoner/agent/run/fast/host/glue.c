/*
 * The module between wasm2c's names and ours. Compiled with each module; ALMONER_IMPORTS says whether it imports anything, and
 * ALMONER_STEPS whether it runs in steps: the shape of wasm2c's interface depends on that and globals.h.
 */
#include "host.h"

#include "unit.h"

static Z_unit_instance_t instance;

void unit_instantiate(void) {
  Z_unit_init_module();
#if ALMONER_IMPORTS
  Z_unit_instantiate(&instance, NULL);
#else
  Z_unit_instantiate(&instance);
#endif
}

void unit_start(void) { Z_unitZ__start(&instance); }

struct unit unit_now(void) {
  const wasm_rt_memory_t *memory = Z_unitZ_memory(&instance);
  return (struct unit){.memory = memory->data, .octets = memory->size};
}

bool unit_steps(void) { return ALMONER_STEPS; }

bool unit_step(void) {
#if ALMONER_STEPS
  return Z_unitZ_almonerZ3Astep(&instance) != 0;
#else
  return false;
#endif
}

/* globals.h is made with the module: a line for each global that is put aside. */
#define GLOBAL(n) {Z_unitZ_almonerZ3Ag##n(&instance), sizeof *Z_unitZ_almonerZ3Ag##n(&instance)},

struct global unit_global(uint32_t i) {
  const struct global all[] = {
#include "globals.h"
      {Z_unitZ_almonerZ3Acount(&instance), sizeof(uint64_t)}};
  return i < sizeof all / sizeof *all ? all[i] : (struct global){0};
}

uint64_t unit_count(void) { return *Z_unitZ_almonerZ3Acount(&instance); }
