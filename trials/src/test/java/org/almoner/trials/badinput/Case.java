package org.almoner.trials.badinput;

import java.io.IOException;
import org.almoner.trials.world.Caller;

/** What is sent, and what must come back. */
record Case(String name, Sending sending, int status, String slug, String word) {
  /** A request as it is sent. */
  interface Sending {
    Caller.Reply send() throws IOException;
  }

  @Override
  public String toString() {
    return name;
  }
}
