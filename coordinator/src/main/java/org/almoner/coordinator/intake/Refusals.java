package org.almoner.coordinator.intake;

import org.almoner.coordinator.archive.ArchiveUnreadable;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.lease.LeaseId;

/** The refusals of this room; each slug is a heading of the page of problems. */
final class Refusals {
  private static final String NOT_HELD = "output-not-held";

  private Refusals() {}

  /** Refuses an envelope that was signed as something else. */
  static void requireKind(Envelope envelope, Envelope.Kind kind) {
    if (envelope.kind() != kind) {
      throw new Refusal(
          400,
          "malformed",
          "Malformed record",
          "expected payload type " + kind.payloadType() + ", got " + envelope.kind().payloadType());
    }
  }

  static Refusal malformed(Throwable cause) {
    return new Refusal(400, "malformed", "Malformed record", String.valueOf(cause.getMessage()));
  }

  static Refusal badSignature(Throwable cause) {
    return new Refusal(
        401, "bad-signature", "The signature does not verify", String.valueOf(cause.getMessage()));
  }

  static Refusal wrongOrigin(String named, String here) {
    return new Refusal(
        422,
        "wrong-origin",
        "Meant for another coordinator",
        "the record names origin " + named + "; this coordinator is " + here);
  }

  static Refusal sequenceUsed(long seq) {
    return new Refusal(
        409,
        "sequence-used",
        "Two reports of one number",
        "another report of number "
            + seq
            + " is logged; the key signed two histories and is suspended, enrol with a new one");
  }

  static Refusal chainForked(long seq) {
    return new Refusal(
        409,
        "chain-forked",
        "Two histories under one key",
        "report "
            + seq
            + " follows another report than the one logged before it; the key signed two histories"
            + " and is suspended, enrol with a new one");
  }

  static Refusal alreadyLogged(LeaseId lease) {
    return new Refusal(
        409,
        "lease-already-logged",
        "Lease logged before",
        "lease " + lease + " was logged with another report; leave its line out");
  }

  static Refusal notYours(LeaseId lease) {
    return new Refusal(
        409,
        "lease-not-yours",
        "Lease not this agent's",
        "lease " + lease + " was never given to this agent; leave its line out");
  }

  static Refusal expired(LeaseId lease) {
    return new Refusal(
        409,
        "lease-expired",
        "Lease expired",
        "the deadline of lease " + lease + " has passed; leave its line out and drop the result");
  }

  static Refusal unitEnded(LeaseId lease) {
    return new Refusal(
        409,
        "unit-ended",
        "Too late, the unit has ended",
        "the deadline of lease "
            + lease
            + " has passed, and its unit has ended meanwhile; leave its line out and drop the"
            + " result");
  }

  static Refusal mismatch(LeaseId lease, String field, String came, String expected) {
    return new Refusal(
        422,
        "grant-mismatch",
        "Line and grant do not fit",
        "the line of lease " + lease + " states " + field + " " + came + "; granted " + expected);
  }

  static Refusal implausible(LeaseId lease, String slug, String title, String detail) {
    return new Refusal(422, slug, title, "the line of lease " + lease + " states " + detail);
  }

  static Refusal busy(String detail) {
    return new Refusal(503, "busy", "Busy", detail);
  }

  /** Blobs are read for leases that are out; the writer tells first when one is not. */
  static Refusal outputsUnread() {
    return busy("the leases of these lines were not seen to be out; send the report again");
  }

  static Refusal output(String detail) {
    return new Refusal(422, "output-digest", "Output missing or another", detail);
  }

  static Refusal notHeld(LeaseId lease) {
    return new Refusal(
        422,
        NOT_HELD,
        "Output not in hand",
        "the line of lease "
            + lease
            + " states held as nobody computes it who has the output's octets, for this lease and"
            + " this agent; run the unit and hash what came out");
  }

  /** Whether the signed report itself shows that its agent lied, and is to be kept. */
  static boolean isLie(Refusal refusal) {
    return refusal.problem().slug().equals(NOT_HELD);
  }

  static Refusal outputTooLarge(String detail) {
    return new Refusal(413, "output-too-large", "Output too large to travel inline", detail);
  }

  static Refusal archiveUnreadable(ArchiveUnreadable why) {
    return new Refusal(
        503,
        "archive-unreadable",
        "An archive cannot be read",
        why.getMessage() + "; send the same again later");
  }
}
