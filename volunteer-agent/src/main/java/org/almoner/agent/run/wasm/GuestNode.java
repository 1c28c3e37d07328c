package org.almoner.agent.run.wasm;

/**
 * A file or directory as the guest sees it. Names are kept in directories; links do not exist.
 *
 * <p>The tree is our own: no path the guest gives ever reaches the machine's file system.
 */
abstract sealed class GuestNode permits GuestDirectory, GuestFile {
  private final long number;
  private final boolean writable;

  /**
   * @param number distinct for each node, the same on every machine
   */
  GuestNode(long number, boolean writable) {
    this.number = number;
    this.writable = writable;
  }

  final long number() {
    return number;
  }

  final boolean isWritable() {
    return writable;
  }
}
