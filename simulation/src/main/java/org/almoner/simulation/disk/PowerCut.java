package org.almoner.simulation.disk;

import java.io.IOException;

/** The power went while something was being written. */
public final class PowerCut extends IOException {
  private static final long serialVersionUID = 1L;

  PowerCut() {
    super("the power was cut");
  }
}
