package org.almoner.simulation.server;

import java.io.IOException;

/** Makes one write of a store fail, and says how much of it was done. */
final class Fuse {
  private static final int NEVER = -1;

  private int writesLeft = NEVER;
  private double share;

  /** A write that may fail. */
  @FunctionalInterface
  interface Write {
    void run() throws IOException;
  }

  /**
   * Lets the write fail that comes after {@code writes} more.
   *
   * @param done how much of it is done before, 0 to 1
   */
  synchronized void burn(int writes, double done) {
    writesLeft = writes;
    share = done;
  }

  /** A write that is done whole or not at all. */
  void whole(Write write) throws IOException {
    double done = next();
    if (done > 0.5) {
      write.run();
    }
    fail(done);
  }

  /** How much of the next write is to be done: more than 1 when it does not fail. */
  synchronized double next() {
    if (writesLeft == NEVER) {
      return 2;
    }
    if (writesLeft > 0) {
      writesLeft--;
      return 2;
    }
    writesLeft = NEVER;
    return share;
  }

  static void fail(double done) throws IOException {
    if (done <= 1) {
      throw new IOException("the store failed");
    }
  }
}
