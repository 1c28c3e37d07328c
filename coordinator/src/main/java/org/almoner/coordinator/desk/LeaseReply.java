package org.almoner.coordinator.desk;

import java.time.Duration;
import java.util.function.Function;
import org.almoner.protocol.envelope.Envelope;

/** The coordinator's answer to an agent that asked for work. */
public sealed interface LeaseReply {
  /** Runs the branch that fits; a new case breaks every caller at compile time. */
  <T> T match(Function<Granted, T> granted, Function<NoWork, T> noWork);

  /**
   * Leases were allotted.
   *
   * @param grant signed by the coordinator; durable before it is returned
   */
  record Granted(Envelope grant) implements LeaseReply {
    @Override
    public <T> T match(Function<Granted, T> granted, Function<NoWork, T> noWork) {
      return granted.apply(this);
    }
  }

  /**
   * Nothing fits now.
   *
   * @param retryAfter how long to wait before asking again, already jittered
   * @param reason one sentence for the volunteer
   */
  record NoWork(Duration retryAfter, String reason) implements LeaseReply {
    @Override
    public <T> T match(Function<Granted, T> granted, Function<NoWork, T> noWork) {
      return noWork.apply(this);
    }
  }
}
