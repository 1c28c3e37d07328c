package org.almoner.agent.run.nativ;

/** A program left something that is no result; the message says what, for the program's owner. */
final class RefusedOutput extends Exception {
  private static final long serialVersionUID = 1;

  RefusedOutput(String sentence) {
    super(sentence);
  }

  /** The sentence. */
  String sentence() {
    return String.valueOf(getMessage());
  }
}
