package org.almoner.tax.issue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.almoner.ledger.tally.OpeningRejected;
import org.almoner.ledger.tally.UsageOpening;
import org.almoner.protocol.identity.DonorId;
import org.almoner.tax.donor.Donor;
import org.almoner.tax.donor.DonorDirectory;
import org.almoner.tax.jurisdiction.Profile;
import org.almoner.tax.receipt.Period;
import org.almoner.tax.register.ReceiptRegister;
import org.almoner.tax.register.Registered;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Donors who need a document by a day which their profile names, and have none: of the two years
 * that ended last, unless they were closed. For any thread.
 *
 * <p>Whether a donor gave anything in a year only a run finds out, which reads all lines; who got
 * none for that reason in the newest run over all is left out, and so is whose first line in the
 * log is of a later year.
 */
public final class Deadlines {
  /** So many days before the day it is told. */
  public static final int TOLD_DAYS = 14;

  private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);

  /** Why a donor's document is not missing, as summaries say it. */
  private static final Set<String> NONE_IS_DUE =
      Set.of(
          IssueReply.Reason.NOTHING.text(),
          IssueReply.Reason.ERASED.text(),
          IssueReply.Reason.CANCELLED.text());

  /** Years that ended and are looked at. */
  private static final int YEARS = 2;

  private static final int DONOR = 0;
  private static final int REASON = 3;

  private final StatementLog log;
  private final ReceiptRegister register;
  private final DonorDirectory donors;
  private final Terms terms;
  private final Summaries summaries;
  private final InstantSource clock;
  private volatile List<Due> lookedUp = List.of();

  /** What became of each donor in the newest run over all of a year. */
  @FunctionalInterface
  public interface Summaries {
    /** The CSV of {@link IssueRuns#summaryOfAll}; empty when no such run of that year ended. */
    Optional<byte[]> of(int year) throws IOException;
  }

  /** Looks at donors of {@code log} under {@code terms}. */
  public Deadlines(
      StatementLog log,
      ReceiptRegister register,
      DonorDirectory donors,
      Terms terms,
      Summaries summaries,
      InstantSource clock) {
    this.log = log;
    this.register = register;
    this.donors = donors;
    this.terms = terms;
    this.summaries = summaries;
    this.clock = clock;
  }

  /**
   * Donors of one profile who need a document.
   *
   * @param profile the profile's id
   * @param by the last day on which it is in time
   * @param without how many of them have none
   */
  public record Due(String profile, int year, LocalDate by, int without) {
    /** What is due, and what to do. */
    public String sentence(LocalDate today) {
      return (without == 1 ? "1 donor" : without + " donors")
          + " under profile "
          + profile
          + (today.isAfter(by)
              ? " needed a document of " + year + " by " + by + ", which has passed"
              : (without == 1 ? " needs" : " need") + " a document of " + year + " by " + by)
          + ", and "
          + (without == 1 ? "has" : "have")
          + " none: 'almoner receipts issue --year "
          + year
          + "' makes what is missing and says why somebody gets none";
    }
  }

  /** What is due within {@link #TOLD_DAYS} days, or was, by profile and year; may take long. */
  List<Due> look() throws IOException {
    LocalDate today = today();
    Map<String, Due> due = new TreeMap<>();
    if (terms.profiles().stream().anyMatch(profile -> isTold(profile, today))) {
      Map<Integer, Set<String>> settled = new HashMap<>();
      for (DonorId donor : log.donors()) {
        for (Due one : missing(donor, today, settled)) {
          due.merge(
              one.profile() + " " + one.year(),
              one,
              (a, b) -> new Due(a.profile(), a.year(), a.by(), a.without() + b.without()));
        }
      }
    }
    lookedUp = List.copyOf(due.values());
    return lookedUp;
  }

  /** Looks again, over all donors where something may be due; for a thread that may wait long. */
  public void refresh() {
    try {
      var unused = look();
    } catch (IOException | RuntimeException e) {
      LOG.atWarn().setCause(e).log("Whose document is due could not be looked up");
    }
  }

  /** What was due or nearly so when it was looked at last, by profile and year. */
  public List<Due> due() {
    return lookedUp;
  }

  /** Donors of {@link #due} in all; who lacks two documents counts twice. */
  public int last() {
    return lookedUp.stream().mapToInt(Due::without).sum();
  }

  /** The day on which the sentences are of, UTC. */
  public LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private boolean isTold(Profile profile, LocalDate today) {
    int running = profile.fiscalYear().of(today);
    for (int year = running - YEARS; year < running; year++) {
      if (isTold(profile.fiscalYear().to(year), profile, today)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the year that ended with {@code end} has a day, which is near or past, and is open. */
  private boolean isTold(LocalDate end, Profile profile, LocalDate today) {
    return profile.issueWithinDays() != 0
        && !today.isBefore(end.plusDays(profile.issueWithinDays()).minusDays(TOLD_DAYS))
        && !register.closed().containsKey(end.getYear());
  }

  private List<Due> missing(DonorId id, LocalDate today, Map<Integer, Set<String>> settled)
      throws IOException {
    Optional<Donor> donor = donors.find(id);
    if (donor.isEmpty() || log.isErased(id)) {
      return List.of();
    }
    List<Due> missing = new ArrayList<>();
    int running = terms.runningYear(donor.get(), today);
    for (int year = running - YEARS; year < running; year++) {
      Terms.Chosen chosen = terms.choose(donor.get(), year, today);
      Period period = chosen.period();
      if (!isTold(period.to(), chosen.profile(), today) || hasOne(id, period)) {
        continue;
      }
      if (!settled.containsKey(year)) {
        settled.put(year, noneIsDue(year));
      }
      if (!settled.get(year).contains(id.toHex()) && gaveBy(id, period.to())) {
        LocalDate by = period.to().plusDays(chosen.profile().issueWithinDays());
        missing.add(new Due(chosen.profile().id(), year, by, 1));
      }
    }
    return missing;
  }

  /** Whether the donor's first line is of {@code last} or before; a run finds out the rest. */
  private boolean gaveBy(DonorId id, LocalDate last) {
    Optional<UsageOpening> first =
        log.openings(id).stream().min(Comparator.comparingLong(UsageOpening::leaf));
    try {
      return first.isPresent() && !first.get().check(log.origin()).day().isAfter(last);
    } catch (OpeningRejected e) {
      return true; // a run says what is wrong with it
    }
  }

  /** Whether a document of one of its days was given out, even one that an operator cancelled. */
  private boolean hasOne(DonorId donor, Period period) {
    return register.of(donor).stream()
        .filter(document -> document.overlaps(period.from(), period.to()))
        .anyMatch(Registered::shown);
  }

  private Set<String> noneIsDue(int year) throws IOException {
    Set<String> found = new HashSet<>();
    String csv =
        summaries.of(year).map(octets -> new String(octets, StandardCharsets.UTF_8)).orElse("");
    for (String line : csv.split("\r\n", -1)) {
      String[] cells = line.split(",", REASON + 2);
      if (cells.length > REASON && NONE_IS_DUE.contains(cells[REASON])) {
        found.add(cells[DONOR]);
      }
    }
    return found;
  }
}
