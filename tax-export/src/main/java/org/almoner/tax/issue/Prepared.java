package org.almoner.tax.issue;

import org.almoner.tax.register.Registered;

/** What is to be done for one donor. */
sealed interface Prepared {
  /** A document that has no number yet. */
  record Fresh(Draft draft) implements Prepared {}

  /** A document whose number was taken before a crash or a refusal. */
  record Again(Draft draft, Registered reserved) implements Prepared {}

  /** A document that was sealed before a crash. */
  record Stored(Registered sealed) implements Prepared {}

  /** Nothing, for a reason. */
  record Nothing(IssueReply reply) implements Prepared {}
}
