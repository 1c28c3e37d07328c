package org.almoner.agent.run.fast;

import java.io.IOException;

/**
 * A module that this computer cannot run on the fast engine: it was not published for this kind of
 * computer, or could not be compiled. Another engine can run it.
 */
public final class NoFastProgram extends IOException {
  private static final long serialVersionUID = 1L;

  NoFastProgram(String message) {
    super(message);
  }
}
