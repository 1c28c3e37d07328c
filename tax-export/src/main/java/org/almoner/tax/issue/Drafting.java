package org.almoner.tax.issue;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.almoner.ledger.tally.Exclusion;
import org.almoner.ledger.tally.Tally;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.DonorId;
import org.almoner.tax.donor.Donor;
import org.almoner.tax.donor.DonorDirectory;
import org.almoner.tax.evidence.EvidenceZip;
import org.almoner.tax.receipt.Period;
import org.almoner.tax.register.ReceiptRegister;
import org.almoner.tax.register.Registered;

/** Draws up documents of one year from the log as it is at one checkpoint; for any thread. */
final class Drafting {
  private final StatementLog log;
  private final ReceiptRegister register;
  private final DonorDirectory donors;
  private final Terms terms;
  private final Press press;
  private final Drawing drawing;
  private final int year;
  private final Instant now;

  Drafting(
      StatementLog log,
      ReceiptRegister register,
      DonorDirectory donors,
      Terms terms,
      Press press,
      Drawing drawing,
      int year,
      Instant now) {
    this.log = log;
    this.register = register;
    this.donors = donors;
    this.terms = terms;
    this.press = press;
    this.drawing = drawing;
    this.year = year;
    this.now = now;
  }

  Drawing drawing() {
    return drawing;
  }

  /**
   * What a first issue for the donor takes.
   *
   * @param again which documents that were cancelled are to be followed by another
   */
  Prepared first(DonorId id, Predicate<Registered> again) throws IOException, DrawingFailed {
    if (log.isErased(id)) {
      return nothing(id, IssueReply.Reason.ERASED, "the donor was erased");
    }
    Optional<Donor> name = donors.find(id);
    Donor donor = name.orElseGet(() -> Donor.named(id, "?", List.of()));
    Terms.Chosen chosen = terms.choose(donor, year, today());
    Period period = chosen.period();
    List<Registered> known = register.allOverlapping(id, period.from(), period.to());
    Optional<Prepared> made = made(known, period);
    if (made.isPresent()) {
      return made.get();
    }
    Optional<Registered> cancelled = cancelled(id, period, again);
    if (known.isEmpty() && cancelled.isPresent()) {
      return nothing(
          id,
          IssueReply.Reason.CANCELLED,
          cancelled.get().number()
              + " was cancelled ("
              + cancelled.get().reason()
              + "); 'almoner receipts issue --donor' makes another");
    }
    if (register.closed().containsKey(period.to().getYear())) {
      return nothing(
          id,
          IssueReply.Reason.CLOSED,
          "the year "
              + period.to().getYear()
              + " was closed; a document of it can be replaced, not issued for the first time");
    }
    if (!log.openPeriod() && !Closing.hasClosed(period, now)) {
      return nothing(
          id,
          IssueReply.Reason.OPEN,
          "the donor's year closes on " + Closing.closes(period) + " (UTC)");
    }
    return draft(donor, name.isPresent(), chosen, known);
  }

  private Prepared draft(Donor donor, boolean named, Terms.Chosen chosen, List<Registered> reserved)
      throws IOException, DrawingFailed {
    Period period = chosen.period();
    Drawing.Drawn drawn = drawing.draw(log.openings(donor.id()), period.from(), period.to());
    if (drawn.tally().months().isEmpty()) {
      return nothing(
          donor.id(),
          IssueReply.Reason.NOTHING,
          "nothing was logged for this donor in " + period.to().getYear());
    }
    if (onlyPending(drawn.tally())) {
      return nothing(
          donor.id(),
          IssueReply.Reason.NOT_MATURED,
          "none of the " + drawn.tally().returned() + " results returned has been settled yet");
    }
    if (!named) {
      return nothing(
          donor.id(), IssueReply.Reason.NO_NAME, "the donor directory has no name for this donor");
    }
    if (!chosen.missing().isEmpty()) {
      return nothing(
          donor.id(),
          IssueReply.Reason.DATA_MISSING,
          "profile "
              + chosen.profile().id()
              + " needs "
              + String.join(", ", chosen.missing())
              + "; 'almoner donors change' adds it");
    }
    Draft draft = draft(donor, chosen, drawn);
    List<String> refusals = press.refusals(draft, drawing, "");
    if (!refusals.isEmpty()) {
      return nothing(donor.id(), IssueReply.Reason.REFUSED, String.join("\n", refusals));
    }
    ReceiptRegister.Request request = IssueGroup.request(draft, "");
    return reserved.stream()
        .filter(request::isOf)
        .findFirst()
        .<Prepared>map(same -> new Prepared.Again(draft, same))
        .orElseGet(() -> new Prepared.Fresh(draft, reserved));
  }

  /** What is left to do where a file of the donor's was sealed before. */
  private static Optional<Prepared> made(List<Registered> known, Period period) {
    for (Registered one : known) {
      if (one.state() == Registered.State.SEALED) {
        return Optional.of(new Prepared.Stored(one));
      }
      if (one.state() != Registered.State.RESERVED) {
        boolean same = one.from().equals(period.from()) && one.to().equals(period.to());
        return Optional.of(same ? stands(one) : otherPeriod(one, period));
      }
    }
    return Optional.empty();
  }

  /**
   * Draws up the same period again for a document that stands.
   *
   * @throws DrawingFailed also when there is nothing to print any more, in one sentence
   */
  Draft replacement(Registered old) throws IOException, DrawingFailed {
    Donor donor =
        donors
            .find(old.donor())
            .orElseThrow(() -> new DrawingFailed("the donor directory has no name for this donor"));
    Terms.Chosen chosen = terms.choose(donor, year, today());
    if (!chosen.missing().isEmpty()) {
      throw new DrawingFailed(
          "profile " + chosen.profile().id() + " needs " + String.join(", ", chosen.missing()));
    }
    Period same = new Period(old.from(), old.to());
    Terms.Chosen kept =
        new Terms.Chosen(
            chosen.choice(), same, chosen.sequence(), chosen.keepUntil(), chosen.missing());
    Drawing.Drawn drawn = drawing.draw(log.openings(donor.id()), same.from(), same.to());
    if (drawn.tally().months().isEmpty()) {
      throw new DrawingFailed(
          "nothing is logged for this donor any more; cancel " + old.number() + " instead");
    }
    Draft draft = draft(donor, kept, drawn);
    List<String> refusals = press.refusals(draft, drawing, old.number());
    if (!refusals.isEmpty()) {
      throw new DrawingFailed(String.join("\n", refusals));
    }
    return draft;
  }

  /** What a preview shows: as a first issue, whatever was issued before. */
  Draft preview(DonorId id) throws IOException, DrawingFailed {
    if (log.isErased(id)) {
      throw new DrawingFailed("the donor was erased");
    }
    Donor donor =
        donors
            .find(id)
            .orElseThrow(() -> new DrawingFailed("the donor directory has no name for this donor"));
    Terms.Chosen chosen = terms.choose(donor, year, today());
    Period period = chosen.period();
    if (period.from().isAfter(today())) {
      throw new DrawingFailed("the year begins on " + period.from());
    }
    return draft(donor, chosen, drawing.draw(log.openings(id), period.from(), period.to()));
  }

  private Draft draft(Donor donor, Terms.Chosen chosen, Drawing.Drawn drawn) throws IOException {
    return new Draft(
        donor,
        chosen,
        terms.benefits(donor.id(), chosen.period()),
        drawn.tally(),
        Bytes.of(EvidenceZip.write(drawn.evidence())));
  }

  private static boolean onlyPending(Tally tally) {
    return tally.accepted() == 0 && tally.excluded().keySet().equals(Set.of(Exclusion.PENDING));
  }

  /** What keeps the donor from getting another one. */
  private Optional<Registered> cancelled(
      DonorId donor, Period period, Predicate<Registered> again) {
    return register.of(donor).stream()
        .filter(d -> d.overlaps(period.from(), period.to()) && !d.reason().isEmpty())
        .filter(d -> d.receipt().isLogged() || !d.reason().equals(IssueGroup.TERMS_CHANGED))
        .filter(d -> !again.test(d))
        .findFirst();
  }

  private static Prepared stands(Registered known) {
    return new Prepared.Nothing(
        new IssueReply(
            known.donor(),
            known.number(),
            IssueReply.State.ALREADY_ISSUED,
            IssueReply.Reason.NONE,
            "it stands as issued"));
  }

  private static Prepared otherPeriod(Registered known, Period period) {
    return nothing(
        known.donor(),
        IssueReply.Reason.OTHER_PERIOD,
        known.number()
            + " covers "
            + known.from()
            + " to "
            + known.to()
            + ", the donor's year is "
            + period.from()
            + " to "
            + period.to()
            + " now; cancel it and issue again, or the other days stay without a document");
  }

  private static Prepared nothing(DonorId donor, IssueReply.Reason reason, String sentence) {
    return new Prepared.Nothing(
        new IssueReply(donor, "", IssueReply.State.SKIPPED, reason, sentence));
  }

  private LocalDate today() {
    return LocalDate.ofInstant(now, ZoneOffset.UTC);
  }
}
