package org.almoner.tax.issue;

import java.util.List;
import org.almoner.tax.register.Registered;

/** What is to be done for one donor. */
sealed interface Prepared {
  /**
   * A document that has no number yet.
   *
   * @param outdated numbers that were taken for it when other terms held; they are given up
   */
  record Fresh(Draft draft, List<Registered> outdated) implements Prepared {
    /** Copies the list. */
    public Fresh {
      outdated = List.copyOf(outdated);
    }
  }

  /** A document whose number was taken before a crash or a refusal. */
  record Again(Draft draft, Registered reserved) implements Prepared {}

  /** A document that was sealed before a crash. */
  record Stored(Registered sealed) implements Prepared {}

  /** Nothing, for a reason. */
  record Nothing(IssueReply reply) implements Prepared {}
}
