package org.almoner.ledger.entry;

import java.util.Arrays;
import java.util.Optional;

/** What an entry is about, by the octet that stands in the log. */
public enum Kind {
  /** An agent presented its key (commitment). */
  ENROLMENT(1, true),
  /** A line of a usage report (commitment). */
  USAGE(2, true),
  /** A statement of donated computing (commitment). */
  STATEMENT(3, true),
  /** A sealed document (commitment). */
  RECEIPT(4, true),
  /** A signed release of software, in clear. */
  RELEASE(5, false),
  /** A release that is leased no more, in clear. */
  RECALL(6, false),
  /** Outcomes of a range of usage lines, in clear. */
  SETTLEMENT(7, false),
  /** Lines that count no more, in clear. */
  VOID(8, false),
  /** Voided lines that count again, in clear. */
  REINSTATE(9, false),
  /** The log's new key, in clear. */
  KEY_ROTATION(10, false),
  /** An agent's key that is trusted no more, in clear. */
  REVOCATION(11, false),
  /** A UTC date, at the first entry of each day, in clear. */
  DAY(12, false),
  /** Totals of a project, in clear. */
  TOTALS(13, false),
  /** The operator's settings that decide what counts, in clear. */
  POLICY(14, false),
  /** An agent named or left its donor (commitment). */
  LINK(15, true),
  /** The closed log that this one follows, in clear. */
  SUCCESSION(16, false),
  /** What decides which lines of a day are checked: first its hash, later itself; in clear. */
  CHECK_SECRET(17, false),
  /** How many instructions a computer is believed to execute in a time, in clear. */
  RATES(18, false),
  /** A document that stands no more, in clear. */
  WITHDRAWAL(19, false);

  private final int octet;
  private final boolean commitment;

  Kind(int octet, boolean commitment) {
    this.octet = octet;
    this.commitment = commitment;
  }

  /** The octet that stands in the log. */
  public int octet() {
    return octet;
  }

  /** Whether the body is a 32-octet commitment; else it is canonical JSON. */
  public boolean isCommitment() {
    return commitment;
  }

  /** The kind of an octet, where there is one. */
  public static Optional<Kind> of(int octet) {
    return Arrays.stream(values()).filter(k -> k.octet == octet).findFirst();
  }
}
