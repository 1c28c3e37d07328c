package org.almoner.coordinator.dispatch;

import org.almoner.coordinator.writer.Group;
import org.almoner.ledger.entry.Outcome;

/** Is told what became of each logged line, once, when its unit ends. */
@FunctionalInterface
public interface Outcomes {
  /** The line at {@code leaf} has this outcome, never {@link Outcome#NONE}. */
  void decided(Group group, long leaf, Outcome outcome);
}
