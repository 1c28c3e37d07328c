package org.almoner.agent;

import java.util.Set;
import org.almoner.protocol.problem.Problem;

/**
 * What a refusal is about, by the rule it names: the record that was sent, or the agent itself,
 * whatever it sends.
 */
enum Blame {
  /** The record cannot be taken, now or later. */
  RECORD,
  /** The coordinator does not know the agent, or does not believe or welcome it just now. */
  AGENT,
  /** The coordinator does not know the agent's key: it is to be presented again. */
  UNKNOWN_AGENT,
  /** The key signed two histories, or the operator revoked it: it is used no more. */
  SUSPENDED_KEY,
  /** The donor for whom this computer worked was erased: nothing is taken from the key any more. */
  DISMISSED,
  /** The log does not contain what it showed before. */
  LOG;

  private static final Set<String> SUSPENDED =
      Set.of("agent-suspended", "agent-revoked", "sequence-used", "chain-forked");

  static Blame of(Problem problem) {
    if (SUSPENDED.contains(problem.slug())) {
      return SUSPENDED_KEY;
    }
    if (problem.slug().equals("agent-erased")) {
      return DISMISSED;
    }
    if (problem.slug().equals("unknown-agent")) {
      return UNKNOWN_AGENT;
    }
    if (problem.slug().equals("checkpoint-ahead")) {
      return LOG;
    }
    return switch (problem.status()) {
      case 401, 403, 404 -> AGENT;
      default -> RECORD;
    };
  }
}
