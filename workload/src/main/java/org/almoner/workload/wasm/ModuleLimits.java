package org.almoner.workload.wasm;

/**
 * How large a module may be and how much memory it may have.
 *
 * @param memoryPages cap on the guest's memory in pages of 64 KiB, 1 to {@link #MEMORY_PAGES_MAX}
 */
public record ModuleLimits(int memoryPages) {
  /** Most pages: what one Java array holds, 2 GiB - 64 KiB. */
  public static final int MEMORY_PAGES_MAX = 32_767;

  /** Octets of the largest module: 16 MiB. */
  public static final int MODULE_OCTETS_MAX = 16 << 20;

  /** Octets of the largest module with its counter: 48 MiB. */
  static final int METERED_OCTETS_MAX = 48 << 20;

  /** Octets of the largest function body: 1 MiB. */
  static final int BODY_OCTETS_MAX = 1 << 20;

  /** Most functions, imported ones included; also most types, most exports and most segments. */
  static final int ITEMS_MAX = 100_000;

  /** Most parameters or results of a function. */
  static final int SIGNATURE_MAX = 255;

  /** Most locals of a function, parameters included. */
  static final int LOCALS_MAX = 50_000;

  /** Most locals of all functions together, parameters included. */
  static final int ALL_LOCALS_MAX = 10_000_000;

  /** Deepest nesting of blocks. */
  static final int NESTING_MAX = 10_000;

  /** Most entries of the function table. */
  static final int TABLE_MAX = 1_000_000;

  public ModuleLimits {
    if (memoryPages < 1 || memoryPages > MEMORY_PAGES_MAX) {
      throw new IllegalArgumentException(
          "memoryPages must be 1 to " + MEMORY_PAGES_MAX + ": " + memoryPages);
    }
  }
}
