package org.almoner.coordinator.http.page;

import org.almoner.ledger.entry.CheckSecret;
import org.almoner.ledger.entry.Day;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.MalformedEntry;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.entry.RecallEntry;
import org.almoner.ledger.entry.ReleaseEntry;
import org.almoner.ledger.entry.Settlement;
import org.almoner.ledger.entry.Succession;
import org.almoner.ledger.entry.Voiding;
import org.almoner.ledger.entry.Withdrawal;
import org.almoner.protocol.bytes.Bytes;

/**
 * Neighbouring entries of the log that are the same in plain words.
 *
 * @param first index of the oldest
 * @param last index of the newest
 * @param words what each of them is
 * @param path address of the bundle that holds the newest, below the server's root
 */
record LogLine(long first, long last, String words, String path) {
  /** Says what an entry is; one that cannot be read is said to be so. */
  static LogLine of(long index, Bytes leaf, String path) {
    try {
      return new LogLine(index, index, words(Entry.parse(leaf)), path);
    } catch (MalformedEntry e) {
      return new LogLine(index, index, "An entry this server cannot read", path);
    }
  }

  /** Whether {@code older} is the entry before these, and says the same. */
  boolean continues(LogLine older) {
    return older.last() == first - 1 && older.words().equals(words);
  }

  /** These and the entry before them. */
  LogLine from(LogLine older) {
    return new LogLine(older.first(), last, words, path);
  }

  String places() {
    return first == last ? Words.number(first) : Words.number(first) + " to " + Words.number(last);
  }

  String sentence() {
    long times = last - first + 1;
    return times == 1 ? words : words + ", " + Words.number(times) + " times";
  }

  private static String words(Entry entry) throws MalformedEntry {
    return switch (entry.kind()) {
      case ENROLMENT -> "A computer joined (sealed)";
      case USAGE -> "A computer returned a unit (sealed)";
      case STATEMENT -> "A statement was drawn up (sealed)";
      case RECEIPT -> "A document was issued (sealed)";
      case LINK -> "A computer named its donor (sealed)";
      case RELEASE -> "Software: " + ReleaseEntry.parse(entry).release().title();
      case RECALL -> "Software was recalled: " + RecallEntry.parse(entry).recall().reason();
      case SETTLEMENT -> settled(Settlement.parse(entry));
      case VOID -> count(Voiding.parse(entry), "counts no more", "count no more");
      case REINSTATE -> count(Voiding.parse(entry), "counts again", "count again");
      case KEY_ROTATION -> "This log passes to another key";
      case REVOCATION -> "A computer's key is trusted no more";
      case DAY -> "The day " + Words.day(Day.parse(entry).date()) + " began";
      case TOTALS -> "Totals of a project";
      case POLICY -> "The rules this log keeps";
      case SUCCESSION -> "This log follows " + Succession.parse(entry);
      case CHECK_SECRET -> secret(CheckSecret.parse(entry));
      case RATES -> "How fast computers are believed to be at least";
      case WITHDRAWAL -> "A document was " + Withdrawal.parse(entry).state();
    };
  }

  private static String secret(CheckSecret secret) {
    return "Which lines of "
        + Words.day(secret.date())
        + " are checked: "
        + (secret.secret().isPresent() ? "opened" : "sealed beforehand");
  }

  private static String settled(Settlement settlement) {
    long lines = settlement.outcomes().stream().filter(o -> o != Outcome.NONE).count();
    long counting = settlement.outcomes().stream().filter(Outcome::counts).count();
    return Words.count(lines, "line", "lines")
        + " settled, "
        + Words.number(counting)
        + (counting == 1 ? " counts" : " count");
  }

  private static String count(Voiding voiding, String one, String many) {
    int lines = voiding.leaves().size();
    return Words.count(lines, "line", "lines") + " " + (lines == 1 ? one : many);
  }
}
