package org.almoner.ledger.check;

import java.time.Duration;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.almoner.ledger.entry.CheckOdds;
import org.almoner.ledger.entry.CheckSecret;
import org.almoner.ledger.entry.Policy;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/**
 * What the secrets of a log must keep, and the lines that were accepted without a check because of
 * them: each secret is fixed before its day begins and open once its lines have matured, and none
 * of those lines was to be checked even by the lowest odds.
 */
final class DrawRules {
  /** Dates that the log may name after a day has matured, until its secret must be open. */
  private static final int DAYS_TO_OPEN = 2;

  private final LoggedDays days;
  private final Findings findings;
  private final Map<LocalDate, Hidden> hidden = new TreeMap<>();
  private final Map<LocalDate, Bytes> open = new TreeMap<>();
  private final LeafSet alone = new LeafSet();

  /** Days without a hash in time, each reported once. */
  private final Set<LocalDate> unfixed = new HashSet<>();

  private Optional<Policy> policy = Optional.empty();
  private Optional<LocalDate> policySince = Optional.empty();
  private long repeated;
  private long due;

  private record Hidden(long index, Hash hash, boolean inTime) {}

  DrawRules(LoggedDays days, Findings findings) {
    this.days = days;
    this.findings = findings;
  }

  void policy(Policy logged) {
    policy = Optional.of(logged);
    policySince = days.last();
  }

  void take(long index, CheckSecret secret) {
    if (secret.secret().isPresent()) {
      open(index, secret, secret.secret().get());
    } else {
      fix(index, secret);
    }
  }

  private void fix(long index, CheckSecret secret) {
    LocalDate date = secret.date();
    boolean inTime = days.last().filter(last -> !last.isBefore(date)).isEmpty();
    if (hidden.containsKey(date)) {
      findings.add(index, "the hash of the check-secret of " + date + " is logged a second time");
      return;
    }
    hidden.put(date, new Hidden(index, secret.hash(), inTime));
    if (!inTime) {
      findings.add(
          index, "the hash of the check-secret of " + date + " is logged when that day had begun");
    }
  }

  private void open(long index, CheckSecret secret, Bytes octets) {
    LocalDate date = secret.date();
    Hidden fixed = hidden.get(date);
    if (fixed == null) {
      findings.add(index, "the check-secret of " + date + " opens no hash logged before it");
      return;
    }
    if (!fixed.hash().equals(secret.hash())) {
      findings.add(
          index,
          "the check-secret of " + date + " is not the one whose hash is entry " + fixed.index());
      return;
    }
    if (open.putIfAbsent(date, octets) != null) {
      findings.add(index, "the check-secret of " + date + " is opened a second time");
      return;
    }
    if (tooEarly(date)) {
      findings.add(
          index, "the check-secret of " + date + " is opened before the lines of that day matured");
    }
    days.begin(date)
        .ifPresent(
            begin ->
                alone.each(begin, days.end(date).orElse(index), leaf -> draw(index, leaf, octets)));
  }

  /** The day must be over in any case: whoever knows its secret can foresee its draws. */
  private boolean tooEarly(LocalDate date) {
    Optional<LocalDate> now = days.last();
    if (now.isEmpty() || !now.get().isAfter(date)) {
      return true;
    }
    return LoggedDays.most(date, now.get()).compareTo(maturity()) < 0;
  }

  private Duration maturity() {
    return Duration.ofSeconds(policy.map(Policy::maturitySeconds).orElse(0L));
  }

  /** The line at {@code leaf} was settled as accepted alone. */
  void acceptedAlone(long index, long leaf) {
    alone.add(leaf);
    Optional<LocalDate> date = days.of(leaf);
    boolean fixed = date.map(hidden::get).filter(Hidden::inTime).isPresent();
    if (!fixed && unfixed.add(date.orElse(LocalDate.MIN))) {
      findings.add(
          index,
          "the usage line at entry "
              + leaf
              + " is accepted alone, but no hash of a check-secret was logged before "
              + date.map(LocalDate::toString).orElse("its day"));
    }
    date.map(open::get).ifPresent(secret -> draw(index, leaf, secret));
  }

  private void draw(long index, long leaf, Bytes secret) {
    repeated++;
    if (CheckSecret.due(secret, leaf, CheckOdds.ONE_IN_MOST)) {
      due++;
      findings.add(
          index,
          "the usage line at entry "
              + leaf
              + " is accepted alone, but its check was due: one line in "
              + CheckOdds.ONE_IN_MOST
              + " is checked at least");
    }
  }

  /** The log has ended: secrets that should be open are found. */
  void end() {
    hidden.forEach(
        (date, fixed) -> {
          if (!open.containsKey(date) && overdue(date)) {
            findings.add(
                fixed.index(),
                "the check-secret of " + date + " is not open, though that day's lines matured");
          }
        });
  }

  private boolean overdue(LocalDate date) {
    long wholeDays = maturity().plusDays(1).minusSeconds(1).toDays(); // rounded up
    LocalDate matured = date.plusDays(1 + wholeDays);
    LocalDate since = policySince.filter(day -> day.isAfter(matured)).orElse(matured);
    return days.after(since) >= DAYS_TO_OPEN;
  }

  /** What came of it. */
  Draws draws() {
    return new Draws(alone.size(), repeated, due);
  }
}
