/*
 * The module between wasm2c's names and ours. Compiled with each module; ALMONER_IMPORTS says whether it imports anything, which
 * is all that the shape of wasm2c's interface depends on.
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

uint64_t unit_count(void) { return *Z_unitZ_almonerZ3Acount(&instance); }
