package org.almoner.tax.issue;

import java.io.IOException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.almoner.ledger.entry.Withdrawal;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.DonorId;
import org.almoner.tax.donor.Donor;
import org.almoner.tax.donor.DonorDirectory;
import org.almoner.tax.pdf.DocumentRefused;
import org.almoner.tax.pdf.StatementPdf;
import org.almoner.tax.receipt.Charity;
import org.almoner.tax.receipt.PageMark;
import org.almoner.tax.receipt.Period;
import org.almoner.tax.receipt.Software;
import org.almoner.tax.register.ReceiptRegister;
import org.almoner.tax.register.Registered;
import org.almoner.tax.register.Wish;
import org.almoner.tax.seal.SealKey;
import org.almoner.tax.seal.Sealer;

/**
 * Gives out one document for each donor and year, and replaces and cancels what was given out, in
 * steps that survive a crash after any of them.
 *
 * <p>Reserve a number, log the statement, render, seal, store, log the sealed file, issue. A number
 * that was only reserved is used again; a stored file is issued as it is and never sealed again.
 */
public final class Issuer {
  private final StatementLog log;
  private final ReceiptRegister register;
  private final DonorDirectory donors;
  private final Terms terms;
  private final Press press;
  private final Workers workers;
  private final Wishes wishes;
  private final InstantSource clock;
  private final LastLook lastLook;

  /** Wires the steps together; work on several documents runs on {@code executor}. */
  public Issuer(
      StatementLog log,
      ReceiptRegister register,
      DonorDirectory donors,
      Charity charity,
      Sealer sealer,
      StatementPdf pdf,
      Terms terms,
      Software software,
      Executor executor,
      InstantSource clock) {
    this.log = log;
    this.register = register;
    this.donors = donors;
    this.terms = terms;
    this.press = new Press(log, charity, sealer, pdf, software, clock);
    this.workers = new Workers(executor);
    this.wishes = new Wishes(register, this);
    this.lastLook = new LastLook(log, clock);
    this.clock = clock;
  }

  /** The generic profile for everybody, and one document after the other. */
  public Issuer(
      StatementLog log,
      ReceiptRegister register,
      DonorDirectory donors,
      Charity charity,
      SealKey key,
      StatementPdf pdf,
      Software software,
      InstantSource clock) {
    this(
        log,
        register,
        donors,
        charity,
        Sealer.with(key),
        pdf,
        Terms.generic(),
        software,
        Runnable::run,
        clock);
  }

  /**
   * Issues what is missing for {@code year}; what was issued before stands.
   *
   * @throws DrawingFailed when the year has not closed, or the log is not what its rules allow
   */
  public List<IssueReply> issue(int year) throws IOException, DrawingFailed {
    return issue(year, log.donors(), cancelled -> false);
  }

  /**
   * As {@link #issue(int)}, for some donors; one whose document was cancelled gets another.
   *
   * @throws DrawingFailed as the other
   */
  public List<IssueReply> issue(int year, List<DonorId> to) throws IOException, DrawingFailed {
    return issue(year, to, cancelled -> true);
  }

  private synchronized List<IssueReply> issue(
      int year, List<DonorId> to, Predicate<Registered> again) throws IOException, DrawingFailed {
    Drafting drafting = begin(year);
    List<IssueReply> replies = new ArrayList<>();
    Batch batch = new Batch(drafting, to, again);
    while (batch.goesOn()) {
      replies.addAll(next(batch));
    }
    return replies;
  }

  /** All donors whom the log knows. */
  List<DonorId> everybody() {
    return log.donors();
  }

  /** Numbers of those donors that are cancelled now. */
  Set<String> cancelled(List<DonorId> of) {
    return of.stream()
        .flatMap(donor -> register.of(donor).stream())
        .filter(document -> document.state() == Registered.State.CANCELLED)
        .map(Registered::number)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Reads the log for the documents of {@code year}. Each donor's own year has to have closed too.
   *
   * @throws DrawingFailed when the year has not closed under any profile in use
   */
  synchronized Drafting begin(int year) throws IOException, DrawingFailed {
    Period period = terms.endingFirst(year);
    if (!log.openPeriod() && !Closing.hasClosed(period, clock.instant())) {
      throw new DrawingFailed(
          "the year "
              + year
              + " closes on "
              + Closing.closes(period)
              + " (UTC); statements follow after that day");
    }
    new Adoption(log, register).run();
    return freshDrafting(year);
  }

  /** Goes over the batch's next group. */
  synchronized List<IssueReply> next(Batch batch) throws IOException {
    List<Prepared> prepared = batch.prepare(workers);
    return group().issue(prepared, batch.drafting().drawing());
  }

  /** From the log as it is now; what a crash left in it for a document is of no use any more. */
  private Drafting freshDrafting(int year) throws IOException, DrawingFailed {
    Drawing drawing = Drawing.read(log);
    new Abandoned(log, register).withdraw(drawing);
    return new Drafting(log, register, donors, terms, press, drawing, year, clock.instant());
  }

  private IssueGroup group() {
    return new IssueGroup(log, register, press, workers, today());
  }

  /**
   * Finishes what a crash cut short: sealed files are given out as they are, what has been replaced
   * is said to be, and what an operator wanted cancelled, and nobody has to confirm, is.
   */
  public synchronized void resume() throws IOException {
    new Adoption(log, register).run();
    List<Registered> sealed = new ArrayList<>();
    List<Registered> replacements = new ArrayList<>();
    register.forEach(
        document -> {
          if (document.state() == Registered.State.SEALED) {
            sealed.add(document);
          }
          if (!document.replaces().isEmpty()) {
            replacements.add(document);
          }
        });
    sealed.removeIf(document -> log.isErased(document.donor()));
    for (Registered issued : group().giveOut(sealed)) {
      if (!issued.replaces().isEmpty()) {
        replacements.add(issued);
      }
    }
    for (Registered document : replacements) {
      Optional<Registered> old = register.find(document.replaces());
      Optional<Registered> now = register.find(document.number());
      if (now.isPresent()
          && now.get().state() == Registered.State.ISSUED
          && old.isPresent()
          && old.get().state() == Registered.State.ISSUED) {
        sayReplaced(old.get(), document.number());
      }
    }
    for (Wish wish : register.wishes()) {
      Optional<Registered> document = register.find(wish.number());
      if (wish.act() == Wish.Act.CANCEL
          && document.isPresent()
          && document.get().state() == Registered.State.ISSUED
          && (register.isConfirmed(wish.number()) || !document.get().fourEyes())) {
        sayCancelled(document.get(), wish.reason());
      }
    }
  }

  /** The log says so first: a cancellation that a crash cut short is not undone by another wish. */
  private Registered sayCancelled(Registered old, String reason) throws IOException {
    Optional<Registered> next = register.replacing(old);
    if (next.isPresent()) {
      register.cancel(next.get(), "was to replace " + old.number(), Registered.NO_ENTRY);
    }
    return register.cancel(old, reason, log.logWithdrawal(Withdrawal.cancelled(statement(old))));
  }

  /**
   * Issues a document that stands for {@code number} from now on, under a number of its own, from
   * the log and the donor's data as they are today; the old one stays readable.
   *
   * @throws DrawingFailed when it cannot be replaced, in one sentence
   */
  public synchronized IssueReply replace(String number) throws IOException, DrawingFailed {
    boolean stood = stands(number);
    resume();
    Optional<Registered> now = register.find(number);
    if (stood && now.isPresent() && now.get().state() == Registered.State.REPLACED) {
      return IssueReply.issued(now.get().donor(), now.get().replacedBy());
    }
    Registered old = requireStanding(number, "replaced");
    Drafting drafting = freshDrafting(old.to().getYear());
    Draft draft = drafting.replacement(old);
    Registered reserved = reserved(old, IssueGroup.request(draft, number));
    Registered issued = group().replacement(draft, reserved, drafting.drawing());
    sayReplaced(old, issued.number());
    return IssueReply.issued(issued.donor(), issued.number());
  }

  /** The number that was taken to replace {@code old}, if it was for the same, or another. */
  private Registered reserved(Registered old, ReceiptRegister.Request request) throws IOException {
    Optional<Registered> begun = register.replacing(old);
    if (begun.isPresent() && request.isOf(begun.get())) {
      return begun.get();
    }
    if (begun.isPresent()) {
      register.cancel(begun.get(), IssueGroup.TERMS_CHANGED, Registered.NO_ENTRY);
    }
    return register.reserve(List.of(request), today()).get(0);
  }

  private void sayReplaced(Registered old, String by) throws IOException {
    Registered next = register.find(by).orElseThrow();
    long entry = log.logWithdrawal(new Withdrawal(statement(old), statement(next)));
    register.replace(old, by, entry);
  }

  /**
   * Says in the log and the register that a number counts no more; also a number that was only
   * reserved, of which the log knows nothing.
   *
   * @param reason why, for the register; 1 to {@link Registered#REASON_MAX} characters
   * @throws DrawingFailed when there is nothing to cancel, in one sentence
   */
  public synchronized Registered cancel(String number, String reason)
      throws IOException, DrawingFailed {
    boolean stood = stands(number);
    resume();
    Optional<Registered> found = register.find(number);
    if (stood && found.isPresent() && found.get().state() == Registered.State.CANCELLED) {
      return found.get();
    }
    if (found.isPresent() && found.get().state() == Registered.State.RESERVED) {
      return register.cancel(found.get(), reason, Registered.NO_ENTRY);
    }
    return sayCancelled(requireStanding(number, "cancelled"), reason);
  }

  /**
   * Keeps what an operator asked for, and carries it out where nobody has to confirm it.
   *
   * @return the document as it is then; empty when the wish waits for a second operator
   * @throws DrawingFailed when it cannot be done, or another wish about the document waits
   */
  public synchronized Optional<Registered> ask(Wish wish) throws IOException, DrawingFailed {
    return wishes.ask(wish, today());
  }

  /**
   * Carries out what another operator asked for.
   *
   * @param wish as it was shown to who confirms it
   * @throws DrawingFailed when it cannot be done, or is not what waits any more
   */
  public synchronized Registered confirm(Wish wish, String by) throws IOException, DrawingFailed {
    return wishes.confirm(wish, by, today());
  }

  /**
   * Forgets what waits for a second operator.
   *
   * @throws DrawingFailed when it is not what waits any more
   */
  public synchronized void refuse(Wish wish) throws IOException, DrawingFailed {
    wishes.refuse(wish, today());
  }

  /**
   * Closes a year: numbers of it that were taken and never used are cancelled, and from then on no
   * document of it is issued for the first time. That goes for all profiles, so the calendar year
   * has to have closed: no year that is named after it ends later.
   *
   * @return numbers that were cancelled
   */
  public synchronized List<String> close(int year) throws IOException, DrawingFailed {
    if (year > today().getYear()) {
      throw new DrawingFailed("the year " + year + " has not begun; there is nothing to close");
    }
    if (!Closing.hasClosed(Period.year(year), clock.instant()) && !log.openPeriod()) {
      throw new DrawingFailed(
          "the year "
              + year
              + " closes by itself on "
              + Closing.closes(Period.year(year))
              + " (UTC)");
    }
    resume();
    List<String> given = new ArrayList<>();
    for (Registered document : register.all()) {
      if (document.to().getYear() == year
          && document.state() == Registered.State.RESERVED
          && document.replaces().isEmpty()) {
        register.cancel(document, "never issued: the year was closed", Registered.NO_ENTRY);
        given.add(document.number());
      }
    }
    register.close(year, today());
    return given;
  }

  /**
   * What a donor's document of a year would look like now: without number, seal or trace.
   *
   * @param mark what stands across it; one that allows no number
   * @throws DrawingFailed when there is nothing to show
   */
  public Bytes preview(DonorId donor, int year, PageMark mark) throws IOException, DrawingFailed {
    Drafting drafting =
        new Drafting(
            log, register, donors, terms, press, lastLook.drawing(), year, clock.instant());
    try {
      return press.preview(drafting.preview(donor), drafting.drawing(), mark);
    } catch (DocumentRefused e) {
      throw new DrawingFailed(String.valueOf(e.getMessage()));
    }
  }

  /** The year that is running for {@code donor} on {@code today}, as their profile counts it. */
  public int runningYear(DonorId donor, LocalDate today) throws IOException {
    Donor known = donors.find(donor).orElseGet(() -> Donor.named(donor, "?", List.of()));
    return terms.runningYear(known, today);
  }

  /** Runs {@code work} while no document is being issued. */
  public synchronized <T> T exclusively(Callable<T> work) throws Exception {
    return work.call();
  }

  /** Whether a document of that number was given out and stands. */
  public boolean stands(String number) {
    return register
        .find(number)
        .filter(document -> document.state() == Registered.State.ISSUED)
        .isPresent();
  }

  private Registered requireStanding(String number, String verb) throws DrawingFailed {
    Registered document =
        register
            .find(number)
            .orElseThrow(() -> new DrawingFailed("there is no document " + number));
    if (document.state() != Registered.State.ISSUED) {
      throw new DrawingFailed(
          number
              + " cannot be "
              + verb
              + ": it is "
              + document.state().name().toLowerCase(java.util.Locale.ROOT)
              + (document.replacedBy().isEmpty() ? "" : " by " + document.replacedBy()));
    }
    return document;
  }

  /** Index of the entry of the statement in a document; early registers do not tell. */
  private long statement(Registered document) throws IOException {
    return document.statement() == Registered.NO_ENTRY
        ? StatementLeaf.of(register.pdf(document))
        : document.statement();
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }
}
