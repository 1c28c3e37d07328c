package org.almoner.tax.issue;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.TlogProof;
import org.almoner.ledger.tally.Statement;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.tax.donor.Donor;
import org.almoner.tax.pdf.Attachment;
import org.almoner.tax.pdf.DocumentRefused;
import org.almoner.tax.pdf.StatementPdf;
import org.almoner.tax.receipt.Addressee;
import org.almoner.tax.receipt.Charity;
import org.almoner.tax.receipt.LogEvidence;
import org.almoner.tax.receipt.OperatorSettings;
import org.almoner.tax.receipt.PageMark;
import org.almoner.tax.receipt.Software;
import org.almoner.tax.receipt.StatementPage;
import org.almoner.tax.register.Registered;
import org.almoner.tax.seal.SealRefused;
import org.almoner.tax.seal.Sealer;

/** Makes files of drafts, under the charity's name and seal; for any thread. */
final class Press {
  /** Stands for the count of a number that is not taken yet. */
  private static final String STAND_IN = "000000";

  private final StatementLog log;
  private final Charity charity;
  private final Sealer sealer;
  private final StatementPdf pdf;
  private final Software software;
  private final InstantSource clock;

  Press(
      StatementLog log,
      Charity charity,
      Sealer sealer,
      StatementPdf pdf,
      Software software,
      InstantSource clock) {
    this.log = log;
    this.charity = charity;
    this.sealer = sealer;
    this.pdf = pdf;
    this.software = software;
    this.clock = clock;
  }

  /** Says now, before anything is logged, whether pages can be sealed at all. */
  void requireReady() throws SealRefused {
    sealer.requireReady(clock.instant());
  }

  /** The statement that a document under {@code number} makes. */
  Statement statement(String number, Draft draft, Drawing drawing) {
    return new Statement(
        log.origin(),
        number,
        draft.donor().id(),
        draft.terms().period().from(),
        draft.terms().period().to(),
        software.name() + " " + software.version(),
        draft.terms().profile().name(),
        log.maturitySeconds(),
        log.openPeriod(),
        drawing.size(),
        drawing.checkpoint().checkpoint().root(),
        draft.tally(),
        draft.evidenceDigest());
  }

  /**
   * The sealed file of a statement that is logged.
   *
   * @throws SealRefused when nothing can be sealed now; it has nothing to do with the donor
   */
  Bytes sealed(Draft draft, Statement statement, StatementLog.Logged logged, Registered number)
      throws IOException, DocumentRefused {
    StatementOpening opening = new StatementOpening(logged.salt(), statement);
    String proof = TlogProof.of(logged.leaf(), logged.inclusion(), logged.checkpoint()).format();
    Checkpoint checkpoint = logged.checkpoint().checkpoint();
    StatementPage page =
        page(
            draft,
            number.number(),
            place(logged.leaf(), checkpoint, statement.lines()),
            statement.openPeriod(),
            PageMark.NONE,
            number.replaces());
    byte[] unsealed =
        pdf.render(
            page,
            draft.terms().choice().wording(draft.donor().language()),
            List.of(Attachment.statement(opening.octets()), Attachment.proof(Bytes.utf8(proof))));
    return Bytes.of(sealer.seal(unsealed, clock.instant()));
  }

  /**
   * Why the file would be refused, one sentence each: its page as it will be, but for the number
   * and the place in the log, which it has not yet.
   *
   * @param replaces number of the document it is to stand for, or empty
   */
  List<String> refusals(Draft draft, Drawing drawing, String replaces) {
    StatementPage page =
        page(
            draft,
            draft.terms().sequence() + STAND_IN,
            place(0, drawing.checkpoint().checkpoint(), draft.tally().lines()),
            log.openPeriod(),
            PageMark.NONE,
            replaces);
    return pdf.refusals(
        page,
        draft.terms().choice().wording(draft.donor().language()),
        List.of(Attachment.STATEMENT, Attachment.PROOF));
  }

  /** A page to look at: without a number, a seal, attachments or a place in the log. */
  Bytes preview(Draft draft, Drawing drawing, PageMark mark) throws IOException, DocumentRefused {
    boolean open = log.openPeriod() || !Closing.isOver(draft.terms().period(), today());
    StatementPage page =
        page(
            draft,
            "",
            place(0, drawing.checkpoint().checkpoint(), draft.tally().lines()),
            open,
            mark,
            "");
    return Bytes.of(
        pdf.render(page, draft.terms().choice().wording(draft.donor().language()), List.of()));
  }

  private LogEvidence place(long leaf, Checkpoint checkpoint, Hash lines) {
    return new LogEvidence(
        checkpoint.origin(), leaf, checkpoint.size(), checkpoint.root(), lines, today());
  }

  private StatementPage page(
      Draft draft,
      String number,
      LogEvidence evidence,
      boolean openPeriod,
      PageMark mark,
      String replaces) {
    Donor donor = draft.donor();
    return new StatementPage(
        charity,
        new Addressee(donor.name(), donor.address()),
        number,
        today(),
        draft.terms().period(),
        donor.id().toHex(),
        software,
        draft.tally(),
        draft.benefits(),
        new OperatorSettings(Duration.ofSeconds(log.maturitySeconds()), openPeriod),
        evidence,
        mark,
        replaces);
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }
}
