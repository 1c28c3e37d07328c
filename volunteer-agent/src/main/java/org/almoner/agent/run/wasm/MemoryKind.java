package org.almoner.agent.run.wasm;

/** How the memory of a guest is kept within its bounds. The guest cannot tell. */
enum MemoryKind {
  /** Every access is checked: {@link FlatMemory}. */
  FLAT,
  /** No page lies outside of it: {@link GuardedMemory}. */
  GUARDED;

  /** As it stands in names and sentences. */
  String text() {
    return this == FLAT ? "flat" : "guarded";
  }
}
