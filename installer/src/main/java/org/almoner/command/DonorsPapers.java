package org.almoner.command;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.almoner.ledger.tally.Statement;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.tax.evidence.EvidenceZip;
import org.almoner.tax.evidence.MalformedEvidence;
import org.almoner.tax.issue.StatementOpening;
import org.almoner.tax.pdf.MalformedDocument;
import org.almoner.tax.pdf.PdfEvidence;
import org.almoner.tax.seal.IntactSeal;
import org.almoner.tax.seal.SealCheck;
import org.almoner.tax.verify.DocumentCheck;
import org.almoner.tax.verify.Step;
import org.almoner.tax.worksheet.Contribution;
import org.almoner.tax.worksheet.WorksheetRefused;

/** A donor's statement, evidence, or both, as they came from the charity. */
final class DonorsPapers {
  private static final byte ZIP = 'P';

  private final List<Statement> statement = new ArrayList<>();
  private final List<Hash> document = new ArrayList<>();
  private final List<byte[]> evidence = new ArrayList<>();
  private final List<String> origins = new ArrayList<>();
  private final List<String> sealed = new ArrayList<>();

  private DonorsPapers() {}

  /** Reads one or both; what does not hold in itself ends the command. */
  static DonorsPapers read(List<Path> files) {
    DonorsPapers papers = new DonorsPapers();
    byte[] pdf = {};
    for (Path file : files) {
      byte[] octets = WorksheetFiles.read(file);
      if (octets.length > 0 && octets[0] == ZIP) {
        papers.evidence.add(octets);
      } else {
        pdf = octets;
        papers.statement.add(statement(file, octets));
        papers.document.add(Hash.sha256(octets));
      }
    }
    if (papers.statement.size() > 1 || papers.evidence.size() > 1) {
      throw Failure.wrongUse(
          "a worksheet is made of one statement, one evidence file, or one of each");
    }
    if (!papers.statement.isEmpty()) {
      papers.check(pdf);
    }
    return papers;
  }

  private static Statement statement(Path file, byte[] pdf) {
    try {
      return StatementOpening.parse(PdfEvidence.read(pdf).statement()).statement();
    } catch (MalformedDocument | MalformedJson e) {
      throw Failure.failed(file + " is neither a statement nor its evidence: " + e.getMessage());
    }
  }

  private void check(byte[] pdf) {
    DocumentCheck check = DocumentCheck.of(pdf);
    evidence.forEach(check::withEvidence);
    for (Step step : check.run()) {
      if (step.verdict() == Step.Verdict.FAILED) {
        throw Failure.failed("the statement does not hold: " + step);
      }
    }
    sealed.add(SealCheck.check(pdf).match(IntactSeal::name, none -> "", broken -> ""));
  }

  /**
   * What it says of a period.
   *
   * @throws WorksheetRefused when the statement alone cannot be divided so
   */
  Contribution contribution(LocalDate from, LocalDate to) throws WorksheetRefused {
    if (evidence.isEmpty()) {
      return Contribution.ofStatement(statement.get(0), from, to, document.get(0));
    }
    try {
      // The first line of a checkpoint is its log's name.
      EvidenceZip.read(evidence.get(0)).checkpoint().lines().limit(1).forEach(origins::add);
      return Contribution.ofEvidence(evidence.get(0), from, to);
    } catch (MalformedEvidence e) {
      throw Failure.failed("the evidence cannot be used: " + e.getMessage());
    }
  }

  /** The charity's numbers and its log, which may not stand on a worksheet. */
  List<String> foreign() {
    List<String> found = new ArrayList<>(origins);
    statement.forEach(each -> found.addAll(List.of(each.number(), each.origin())));
    return found;
  }

  /** What the charity calls itself in its seal; none without a document. */
  List<String> charity() {
    return List.copyOf(sealed);
  }
}
