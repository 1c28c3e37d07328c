package org.almoner.tax.issue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
 * Donors who need a document of the year that ended last by a day which their profile names, and
 * have none; for any thread.
 *
 * <p>Whether a donor gave anything in that year only a run finds out, which reads all lines; who
 * got none for that reason in the newest run is left out.
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

  private static final int DONOR = 0;
  private static final int REASON = 3;

  private final StatementLog log;
  private final ReceiptRegister register;
  private final DonorDirectory donors;
  private final Terms terms;
  private final Summaries summaries;
  private final InstantSource clock;
  private volatile int last;

  /** What became of each donor in the newest run of a year. */
  @FunctionalInterface
  public interface Summaries {
    /** The CSV of {@link IssueRuns#summary}; empty when no run of that year ended. */
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

  /** What is due within {@link #TOLD_DAYS} days, or was, by profile and year. */
  public List<Due> look() throws IOException {
    LocalDate today = today();
    Map<String, Due> due = new TreeMap<>();
    if (terms.profiles().stream().anyMatch(profile -> isTold(profile, today))) {
      Map<Integer, Set<String>> settled = new HashMap<>();
      for (DonorId donor : log.donors()) {
        Optional<Due> one = missing(donor, today, settled);
        if (one.isPresent()) {
          due.merge(
              one.get().profile() + " " + one.get().year(),
              one.get(),
              (a, b) -> new Due(a.profile(), a.year(), a.by(), a.without() + b.without()));
        }
      }
    }
    last = due.values().stream().mapToInt(Due::without).sum();
    return new ArrayList<>(due.values());
  }

  /** As {@link #look}, for {@link #last} alone. */
  public void refresh() {
    try {
      var unused = look();
    } catch (IOException | RuntimeException e) {
      LOG.atWarn().setCause(e).log("Whose document is due could not be looked up");
    }
  }

  /** Donors without a document that is due, when it was looked at last. */
  public int last() {
    return last;
  }

  /** The day on which the sentences are of, UTC. */
  public LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private static boolean isTold(Profile profile, LocalDate today) {
    if (profile.issueWithinDays() == 0) {
      return false;
    }
    int year = profile.fiscalYear().of(today) - 1;
    return isTold(profile.fiscalYear().to(year), profile, today);
  }

  private static boolean isTold(LocalDate end, Profile profile, LocalDate today) {
    return !today.isBefore(end.plusDays(profile.issueWithinDays()).minusDays(TOLD_DAYS));
  }

  private Optional<Due> missing(DonorId id, LocalDate today, Map<Integer, Set<String>> settled)
      throws IOException {
    Optional<Donor> donor = donors.find(id);
    if (donor.isEmpty() || log.isErased(id)) {
      return Optional.empty();
    }
    int year = terms.runningYear(donor.get(), today) - 1;
    Terms.Chosen chosen = terms.choose(donor.get(), year, today);
    Period period = chosen.period();
    if (chosen.profile().issueWithinDays() == 0
        || !isTold(period.to(), chosen.profile(), today)
        || register.closed().containsKey(period.to().getYear())
        || hasOne(id, period)) {
      return Optional.empty();
    }
    if (!settled.containsKey(year)) {
      settled.put(year, noneIsDue(year));
    }
    return settled.get(year).contains(id.toHex())
        ? Optional.empty()
        : Optional.of(
            new Due(
                chosen.profile().id(),
                year,
                period.to().plusDays(chosen.profile().issueWithinDays()),
                1));
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
