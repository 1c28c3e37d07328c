package org.almoner.simulation.server;

/** The coordinator does not answer. */
public final class Down extends Exception {
  private static final long serialVersionUID = 1L;

  Down() {
    super("the coordinator does not answer", null, false, false);
  }
}
