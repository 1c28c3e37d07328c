package org.almoner.ledger.append;

import java.io.IOException;

/**
 * The sequencer met an error after which it cannot know what is durable. It writes nothing more;
 * open the log again, which finishes or repeats the last batch.
 */
public final class SequencerStopped extends IOException {
  private static final long serialVersionUID = 1L;

  SequencerStopped(String message, Throwable cause) {
    super(message, cause);
  }

  SequencerStopped(String message) {
    super(message);
  }
}
