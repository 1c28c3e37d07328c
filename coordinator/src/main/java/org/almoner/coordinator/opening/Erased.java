package org.almoner.coordinator.opening;

import org.almoner.coordinator.desk.Refusal;
import org.almoner.protocol.identity.DonorId;

/** What is said of something whose donor was erased. */
public final class Erased {
  /** The rule, a heading of the page of problems. */
  public static final String SLUG = "erased";

  private static final String TITLE = "Erased";

  private Erased() {}

  /** The key that opened something is destroyed. */
  static Refusal openings(String whose) {
    return new Refusal(
        410,
        SLUG,
        TITLE,
        "what opens this record of "
            + whose
            + " was destroyed when its donor was erased; its entry stays in the log, once, and counts"
            + " for nobody: sending it again changes nothing");
  }

  /** The account is gone. */
  public static Refusal donor(DonorId donor) {
    return new Refusal(
        410,
        SLUG,
        TITLE,
        "donor "
            + donor
            + " was erased: there is no account, no statement and no name any more; open a new"
            + " account to begin anew");
  }
}
