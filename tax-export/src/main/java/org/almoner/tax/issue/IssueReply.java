package org.almoner.tax.issue;

import java.util.Locale;
import org.almoner.protocol.identity.DonorId;

/**
 * What became of one donor's document in a run.
 *
 * @param number the document's number, empty when none was needed
 * @param state what happened
 * @param reason why there is none
 * @param sentence one sentence for the operator, empty when issued
 */
public record IssueReply(
    DonorId donor, String number, State state, Reason reason, String sentence) {
  /** What may happen. */
  public enum State {
    /** Numbered, logged, sealed and stored now. */
    ISSUED,
    /** There was a document of this period already; it stands. */
    ALREADY_ISSUED,
    /** No document; the reason says why. */
    SKIPPED;

    /** The state in answers and files. */
    public String text() {
      return words(name());
    }
  }

  /** Why there is no document. */
  public enum Reason {
    /** There is one. */
    NONE,
    /** Nothing was logged. */
    NOTHING,
    /** Lines were logged, and none is settled yet. */
    NOT_MATURED,
    /** No name is known. */
    NO_NAME,
    /** The profile asks for more than is known, such as an address. */
    DATA_MISSING,
    /** The profile's own rules or the lint refuse it, or the donor's lines do not fit the log. */
    REFUSED,
    /** There was one, and it was cancelled. */
    CANCELLED,
    /** A document of another period stands for some of the days. */
    OTHER_PERIOD,
    /** The donor was erased. */
    ERASED,
    /** The year was closed by the operator. */
    CLOSED,
    /** The donor's year is not over. */
    OPEN;

    /** The reason in answers and files. */
    public String text() {
      return words(name());
    }
  }

  static IssueReply issued(DonorId donor, String number) {
    return new IssueReply(donor, number, State.ISSUED, Reason.NONE, "");
  }

  static IssueReply refused(DonorId donor, String why) {
    return new IssueReply(donor, "", State.SKIPPED, Reason.REFUSED, why);
  }

  private static String words(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
