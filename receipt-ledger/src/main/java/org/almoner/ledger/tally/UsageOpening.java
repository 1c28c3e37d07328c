package org.almoner.ledger.tally;

import java.util.ArrayList;
import java.util.List;
import org.almoner.ledger.entry.Commitment;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.BadSignature;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.usage.UsageReport;
import org.almoner.protocol.usage.VerifiedReport;

/**
 * What opens one logged usage line: the salt and the report as its agent signed it.
 *
 * @param leaf index in the log
 * @param salt 32 octets
 * @param part index of the line inside the report
 * @param report unproved until {@link #check}
 */
public record UsageOpening(long leaf, Hash salt, int part, Envelope report) {
  /** The log entry this opens, if it opens one: what the log must hold at {@link #leaf}. */
  public Entry entry(String origin) {
    return Commitment.of(Kind.USAGE, origin, salt, part, report.record()).entry();
  }

  /**
   * Checks the report's signature and that the line exists and was made for {@code origin}.
   *
   * @throws OpeningRejected saying which of these does not hold
   */
  public CheckedLine check(String origin) throws OpeningRejected {
    return line(origin, verified());
  }

  /**
   * Checks all of them, the signature of a report once where its lines stand together.
   *
   * @throws OpeningRejected of the first that does not hold
   */
  public static List<CheckedLine> checkAll(String origin, List<UsageOpening> openings)
      throws OpeningRejected {
    List<CheckedLine> lines = new ArrayList<>(openings.size());
    List<Verified> last = List.of();
    List<Envelope> lastReport = List.of();
    for (UsageOpening opening : openings) {
      if (!lastReport.contains(opening.report())) {
        last = List.of(opening.verified());
        lastReport = List.of(opening.report());
      }
      lines.add(opening.line(origin, last.get(0)));
    }
    return lines;
  }

  /**
   * A report whose signature is good.
   *
   * @param digest of its record, which every line's commitment covers
   */
  private record Verified(UsageReport report, Hash digest) {}

  private Verified verified() throws OpeningRejected {
    try {
      return new Verified(
          VerifiedReport.of(report).report(), Hash.sha256(report.record().toArray()));
    } catch (BadSignature | MalformedJson e) {
      throw new OpeningRejected("entry " + leaf + ": " + e.getMessage());
    }
  }

  private CheckedLine line(String origin, Verified verified) throws OpeningRejected {
    if (!verified.report().origin().equals(origin)) {
      throw new OpeningRejected(
          "entry "
              + leaf
              + ": the report is for log "
              + verified.report().origin()
              + ", not for "
              + origin);
    }
    if (part < 0 || part >= verified.report().lines().size()) {
      throw new OpeningRejected("entry " + leaf + ": the report has no line " + part);
    }
    return new CheckedLine(
        leaf,
        Commitment.of(Kind.USAGE, origin, salt, part, verified.digest()).entry().leafHash(),
        verified.report().agent(),
        verified.report().lines().get(part));
  }
}
