package org.almoner.agent.contact;

import java.io.IOException;
import java.time.Duration;

/** What may be sent and received on this day is used up; the message is for the owner. */
final class AllowanceSpent extends IOException {
  private static final long serialVersionUID = 1L;

  private final Duration untilTomorrow;

  AllowanceSpent(String sentence, Duration untilTomorrow) {
    super(sentence);
    this.untilTomorrow = untilTomorrow;
  }

  Duration untilTomorrow() {
    return untilTomorrow;
  }
}
