package org.almoner.tax.jurisdiction;

/** What entitles a charity to the words of a profile. */
public sealed interface Standing {
  /** The shipped {@code generic}: it says nothing that a law gives weight to. */
  record Generic() implements Standing {}

  /** Nothing: the words may be looked at on a specimen only. */
  record Unreviewed() implements Standing {}

  /** A lawyer's review that is in force. */
  record Reviewed(Review review) implements Standing {}
}
