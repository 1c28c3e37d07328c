package org.almoner.agent;

import org.almoner.protocol.problem.Problem;

/** Refusals that are about the agent, whatever it sent. */
final class Contacts {
  /** The coordinator does not know the agent's key. */
  static final int UNKNOWN_AGENT = 404;

  private static final int NOT_BELIEVED = 401;
  private static final int NOT_WELCOME = 403;

  private Contacts() {}

  static boolean aboutTheAgent(Problem problem) {
    return problem.status() == UNKNOWN_AGENT
        || problem.status() == NOT_BELIEVED
        || problem.status() == NOT_WELCOME;
  }
}
