package org.almoner.workload.wasm;

/**
 * In which form the ordered comparisons of integers (less, greater, ...) leave the meter, and with
 * them what else an engine gets wrong. The count is the same.
 */
public enum Comparisons {
  /** As the module has them. */
  AS_WRITTEN,

  /**
   * As subtractions whose sign is the answer, for engines that end in HotSpot's C2 compiler.
   *
   * <p>C2 merges neighbouring comparisons of the same integers and gets it wrong: signed with
   * unsigned ones on JDK 18 and later (JDK-8385157), and around rarely taken branches on all before
   * the repairs of 2026 (JDK-8376400). Compiled Wasm is full of both. A subtraction is nothing C2
   * could merge. Some of floating point is written otherwise with them ({@link PlainFloats}).
   */
  BY_SUBTRACTION
}
