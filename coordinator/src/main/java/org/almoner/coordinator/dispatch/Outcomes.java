package org.almoner.coordinator.dispatch;

import java.io.IOException;
import org.almoner.coordinator.writer.Group;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.lease.LeaseId;

/** Is told what became of each logged line, once, when its unit ends. */
@FunctionalInterface
public interface Outcomes {
  /** The replica's line has an outcome now, never {@link Outcome#NONE}. */
  void decided(Group group, LeaseId lease, Replica replica) throws IOException;
}
