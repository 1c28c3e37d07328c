package org.almoner.agent.contact;

import java.time.Duration;
import java.util.function.Function;
import org.almoner.protocol.envelope.Envelope;

/** What the coordinator said when asked for work. */
public sealed interface LeaseAnswer {
  /** Runs the branch that fits; a new case breaks every caller at compile time. */
  <R> R match(Function<Envelope, R> granted, Function<NoWork, R> noWork);

  /**
   * Leases were allotted.
   *
   * @param grant as it came; nothing is proved until it is checked
   */
  record Granted(Envelope grant) implements LeaseAnswer {
    @Override
    public <R> R match(Function<Envelope, R> granted, Function<NoWork, R> noWork) {
      return granted.apply(grant);
    }
  }

  /**
   * Nothing fits now.
   *
   * @param reason one sentence for the volunteer
   */
  record NoWork(Duration retryAfter, String reason) implements LeaseAnswer {
    @Override
    public <R> R match(Function<Envelope, R> granted, Function<NoWork, R> noWork) {
      return noWork.apply(this);
    }
  }
}
