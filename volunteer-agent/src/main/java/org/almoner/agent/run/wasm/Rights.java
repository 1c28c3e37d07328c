package org.almoner.agent.run.wasm;

/**
 * The rights of WASI preview 1 that decide something here.
 *
 * @see <a href="https://github.com/WebAssembly/WASI/blob/wasi-0.1/preview1/docs.md#rights">WASI
 *     preview 1, rights</a>
 */
final class Rights {
  static final long FD_READ = 1L << 1;
  static final long FD_WRITE = 1L << 6;
  static final long FD_ALLOCATE = 1L << 8;
  static final long FD_FILESTAT_SET_SIZE = 1L << 22;

  /** All thirty rights the interface knows. */
  static final long ALL = (1L << 30) - 1;

  private Rights() {}
}
