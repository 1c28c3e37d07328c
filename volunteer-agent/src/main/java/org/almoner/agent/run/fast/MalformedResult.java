package org.almoner.agent.run.fast;

/** A result file that is not as {@code host/task.h} describes it. */
final class MalformedResult extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedResult(String message) {
    super(message);
  }
}
