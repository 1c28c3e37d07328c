package org.almoner.agent.run.fast;

/** A module that could not be compiled on this computer; the message says why in one sentence. */
public final class BuildFailed extends Exception {
  private static final long serialVersionUID = 1L;

  BuildFailed(String message) {
    super(message);
  }
}
