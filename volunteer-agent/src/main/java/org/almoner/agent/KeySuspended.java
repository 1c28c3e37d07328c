package org.almoner.agent;

/** The coordinator takes nothing more from this agent's key; the message says why. */
final class KeySuspended extends Exception {
  private static final long serialVersionUID = 1L;

  KeySuspended(String sentence) {
    super(sentence);
  }
}
