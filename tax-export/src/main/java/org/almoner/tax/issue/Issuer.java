package org.almoner.tax.issue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almoner.ledger.checkpoint.TlogProof;
import org.almoner.ledger.tally.Statement;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonValue;
import org.almoner.tax.donor.Donor;
import org.almoner.tax.donor.DonorDirectory;
import org.almoner.tax.evidence.EvidenceZip;
import org.almoner.tax.jurisdiction.Benefits;
import org.almoner.tax.jurisdiction.Profile;
import org.almoner.tax.pdf.Attachment;
import org.almoner.tax.pdf.DocumentRefused;
import org.almoner.tax.pdf.StatementPdf;
import org.almoner.tax.receipt.Addressee;
import org.almoner.tax.receipt.Charity;
import org.almoner.tax.receipt.LogEvidence;
import org.almoner.tax.receipt.OperatorSettings;
import org.almoner.tax.receipt.PageMark;
import org.almoner.tax.receipt.Period;
import org.almoner.tax.receipt.Software;
import org.almoner.tax.receipt.StatementPage;
import org.almoner.tax.register.ReceiptRegister;
import org.almoner.tax.register.Registered;
import org.almoner.tax.seal.Seal;
import org.almoner.tax.seal.SealKey;

/**
 * Gives out one document for each donor and year, in steps that survive a crash after any of them.
 *
 * <p>Reserve a number, log the statement, render, seal, store, log the sealed file, issue. A number
 * that was only reserved is used again; a stored file is issued as it is and never sealed again.
 */
public final class Issuer {
  /** A year closes so long after its last day; until then no statement covers it by default. */
  public static final Duration YEAR_CLOSES_AFTER = Duration.ofDays(31);

  private static final String HOW_TO_VERIFY =
      "Check it on your own computer: almoner verify FILE --trust TRUST-FILE";

  private final StatementLog log;
  private final ReceiptRegister register;
  private final DonorDirectory donors;
  private final Charity charity;
  private final SealKey key;
  private final StatementPdf pdf;
  private final Profile profile;
  private final Software software;
  private final InstantSource clock;

  /** Wires the steps together. */
  public Issuer(
      StatementLog log,
      ReceiptRegister register,
      DonorDirectory donors,
      Charity charity,
      SealKey key,
      StatementPdf pdf,
      Profile profile,
      Software software,
      InstantSource clock) {
    this.log = log;
    this.register = register;
    this.donors = donors;
    this.charity = charity;
    this.key = key;
    this.pdf = pdf;
    this.profile = profile;
    this.software = software;
    this.clock = clock;
  }

  /**
   * Issues what is missing for {@code year}; what was issued before stands.
   *
   * @throws DrawingFailed when the year has not closed, or log and openings do not fit together
   */
  public List<IssueReply> issue(int year) throws IOException, DrawingFailed {
    return issue(year, log.donors());
  }

  /** As {@link #issue(int)}, for some donors; one who was erased is refused by the log. */
  public synchronized List<IssueReply> issue(int year, List<DonorId> to)
      throws IOException, DrawingFailed {
    Period period = Period.year(year);
    Instant closes =
        period.to().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().plus(YEAR_CLOSES_AFTER);
    if (!log.openPeriod() && clock.instant().isBefore(closes)) {
      throw new DrawingFailed(
          "the year "
              + year
              + " closes on "
              + LocalDate.ofInstant(closes, ZoneOffset.UTC)
              + " (UTC); statements follow after that day");
    }
    Drawing drawing = Drawing.read(log);
    List<IssueReply> replies = new ArrayList<>();
    for (DonorId donor : to) {
      replies.add(issue(donor, period, drawing));
    }
    return replies;
  }

  private IssueReply issue(DonorId donor, Period period, Drawing drawing)
      throws IOException, DrawingFailed {
    Optional<Registered> known = register.overlapping(donor, period.from(), period.to());
    if (known.isPresent() && known.get().state() == Registered.State.ISSUED) {
      return new IssueReply(
          donor, known.get().number(), IssueReply.State.ALREADY_ISSUED, "it stands as issued");
    }
    if (known.isPresent() && known.get().state() == Registered.State.SEALED) {
      return giveOut(known.get());
    }
    Drawing.Drawn drawn = drawing.draw(log.openings(donor), period.from(), period.to());
    if (drawn.tally().months().isEmpty()) {
      return skipped(donor, "nothing was logged for this donor in " + period.to().getYear());
    }
    Optional<Donor> name = donors.find(donor);
    if (name.isEmpty()) {
      return skipped(donor, "the donor directory has no name for this donor");
    }
    Registered reserved =
        known.isPresent()
            ? known.get()
            : register.reserve(donor, period.from(), period.to(), today());
    byte[] evidence = EvidenceZip.write(drawn.evidence());
    Statement statement = statement(reserved, drawing, drawn, Hash.sha256(evidence));
    try {
      byte[] sealed = Seal.seal(render(statement, name.get(), period), key, clock.instant());
      return giveOut(register.store(reserved, sealed, evidence));
    } catch (DocumentRefused e) {
      return skipped(donor, String.valueOf(e.getMessage()));
    }
  }

  private Statement statement(
      Registered reserved, Drawing drawing, Drawing.Drawn drawn, Hash evidence) {
    return new Statement(
        log.origin(),
        reserved.number(),
        reserved.donor(),
        reserved.from(),
        reserved.to(),
        software.name() + " " + software.version(),
        profile.name(),
        log.maturitySeconds(),
        log.openPeriod(),
        drawing.size(),
        drawing.checkpoint().checkpoint().root(),
        drawn.tally(),
        evidence);
  }

  private byte[] render(Statement statement, Donor donor, Period period)
      throws IOException, DocumentRefused {
    StatementLog.Logged logged =
        log.logStatement(statement.donor(), StatementOpening.record(statement));
    StatementOpening opening = new StatementOpening(logged.salt(), statement);
    String proof = TlogProof.of(logged.leaf(), logged.inclusion(), logged.checkpoint()).format();
    LogEvidence evidence =
        new LogEvidence(
            statement.origin(),
            logged.leaf(),
            logged.checkpoint().checkpoint().size(),
            logged.checkpoint().checkpoint().root(),
            statement.lines(),
            today());
    StatementPage page =
        new StatementPage(
            charity,
            new Addressee(donor.name(), donor.address()),
            statement.number(),
            today(),
            period,
            statement.donor().toHex(),
            software,
            statement.tally(),
            new Benefits.NoneRecorded(),
            new OperatorSettings(
                Duration.ofSeconds(statement.maturitySeconds()), statement.openPeriod()),
            evidence,
            HOW_TO_VERIFY,
            PageMark.NONE,
            "");
    return pdf.render(
        page,
        profile.wording(""),
        List.of(Attachment.statement(opening.octets()), Attachment.proof(Bytes.utf8(proof))));
  }

  private IssueReply giveOut(Registered sealed) throws IOException {
    Hash digest = Hash.sha256(register.pdf(sealed));
    log.logReceipt(
        sealed.donor(),
        CanonicalJson.bytes(
            JsonValue.Obj.of().put("number", sealed.number()).put("pdf", digest.toHex()).build()));
    Registered issued = register.issue(sealed, today());
    return new IssueReply(issued.donor(), issued.number(), IssueReply.State.ISSUED, "");
  }

  private static IssueReply skipped(DonorId donor, String reason) {
    return new IssueReply(donor, "", IssueReply.State.SKIPPED, reason);
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }
}
