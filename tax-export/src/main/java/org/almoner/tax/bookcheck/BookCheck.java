package org.almoner.tax.bookcheck;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.MalformedCheckpoint;
import org.almoner.ledger.checkpoint.TlogProof;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.tally.OpeningRejected;
import org.almoner.ledger.tally.Statement;
import org.almoner.protocol.bytes.Hash;
import org.almoner.tax.evidence.EvidenceZip;
import org.almoner.tax.evidence.MalformedEvidence;
import org.almoner.tax.evidence.ProvenLine;
import org.almoner.tax.pdf.MalformedDocument;
import org.almoner.tax.pdf.PdfEvidence;
import org.almoner.tax.verify.DocumentCheck;
import org.almoner.tax.verify.Step;
import org.almoner.tax.verify.TrustFile;

/**
 * Holds a register against its files and the log: no number twice, no gap unexplained, no line of
 * work on two documents that stand, each file as it was sealed, each issue, replacement and
 * cancellation in the log, and no receipt in the log that the register does not know.
 */
public final class BookCheck {
  private final DocumentFolder folder;
  private final TrustFile trust;
  private final List<Finding> findings = new ArrayList<>();
  private final LeafSet counted = new LeafSet();
  private final Map<Long, String> twice = new TreeMap<>();

  /** Checks the register in {@code folder}; believes whom {@code trust} names. */
  public BookCheck(Path folder, TrustFile trust) {
    this.folder = new DocumentFolder(folder);
    this.trust = trust;
  }

  /**
   * What was looked at.
   *
   * @param findings everything that does not hold; empty when all does
   * @param explained numbers that stand for no document, and why, one line each
   */
  public record Result(
      int documents, long receipts, List<Finding> findings, List<String> explained) {
    /** Copies the lists. */
    public Result {
      findings = List.copyOf(findings);
      explained = List.copyOf(explained);
    }
  }

  /** The log's newest checkpoint, as it is when it is asked for. */
  @FunctionalInterface
  public interface Newest {
    /** A checkpoint that is believed. */
    Checkpoint get() throws IOException;
  }

  /**
   * Looks at everything.
   *
   * @param newest asked before the register is read, so that what is logged meanwhile is not left
   *     over, and again when the register tells of later entries
   * @param progress is told how many documents were looked at
   * @throws IOException when the log or a file cannot be read
   */
  public Result run(LogReader reader, Newest newest, LongConsumer progress) throws IOException {
    Checkpoint before = newest.get();
    Book book = Book.read(folder.register().resolve("register.jsonl"));
    findings.addAll(book.findings());
    Checkpoint checkpoint = book.lastEntry() < before.size() ? before : newest.get();
    LoggedDocuments logged = LoggedDocuments.read(reader, checkpoint, findings);
    long receipts = logged.receipts.size();
    List<String> told =
        new AgainstLog(book, folder, logged, checkpoint, before.size(), findings).run();
    List<String> explained = new ArrayList<>(book.operators());
    long done = 0;
    for (Page page : book.pages()) {
      if (page.hasFile()) {
        file(page, checkpoint.origin());
      }
      explain(page, explained);
      progress.accept(++done);
    }
    countedTwice(book, checkpoint.origin());
    explained.addAll(told);
    return new Result(book.size(), receipts, findings, explained);
  }

  private static void explain(Page page, List<String> explained) {
    switch (page.state()) {
      case "RESERVED" -> explained.add(page.number() + " is reserved, and not issued yet");
      case "SEALED" -> explained.add(page.number() + " is sealed, and about to be given out");
      case "CANCELLED" -> explained.add(page.number() + " was cancelled: " + page.reason());
      case "REPLACED" -> explained.add(page.number() + " was replaced by " + page.by());
      case "ERASED" -> explained.add(page.number() + " was erased with its donor");
      case "KEPT" ->
          explained.add(
              page.number()
                  + " is kept without its evidence, for its donor was erased"
                  + (page.isWithdrawn() ? "; it stood for nothing by then" : ""));
      default -> {
        // it stands
      }
    }
  }

  private void file(Page page, String origin) throws IOException {
    Path pdf = folder.pdf(page.number());
    if (!Files.exists(pdf)) {
      find(Finding.Kind.FILE, page.number(), pdf + " is missing");
      return;
    }
    byte[] octets = Files.readAllBytes(pdf);
    if (!Hash.sha256(octets).toHex().equals(page.pdf())) {
      find(Finding.Kind.FILE, page.number(), pdf + " is not the file that was sealed");
      return;
    }
    DocumentCheck check = DocumentCheck.of(octets).trusting(trust);
    Path zip = folder.evidence(page.number());
    if (Files.exists(zip)) {
      check.withEvidence(Files.readAllBytes(zip));
    } else if (!page.was("KEPT")) {
      find(Finding.Kind.FILE, page.number(), zip + " is missing");
    }
    for (Step step : check.run()) {
      if (step.verdict() == Step.Verdict.FAILED) {
        find(Finding.Kind.DOCUMENT, page.number(), step.subject() + ": " + step.sentence());
      }
    }
    for (Statement statement : check.statement().stream().toList()) {
      statement(page, statement, origin);
      ownStatement(page, octets);
      if (page.counts() && Files.exists(zip)) {
        lines(page, Files.readAllBytes(zip), origin);
      }
    }
  }

  private void statement(Page page, Statement statement, String origin) {
    boolean same =
        statement.number().equals(page.number())
            && statement.donor().toHex().equals(page.donor())
            && statement.from().equals(page.from())
            && statement.to().equals(page.to());
    if (!same || !statement.origin().equals(origin)) {
      find(
          Finding.Kind.DOCUMENT,
          page.number(),
          "its statement is " + statement.number() + " of another donor, period or log");
    }
    if (!page.profile().isEmpty() && !statement.profile().equals(page.profile())) {
      find(
          Finding.Kind.DOCUMENT,
          page.number(),
          "its statement uses profile "
              + statement.profile()
              + ", the register says "
              + page.profile());
    }
  }

  /** The register's word for where its statement is leads to what withdraws it. */
  private void ownStatement(Page page, byte[] pdf) {
    try {
      String proof = new String(PdfEvidence.read(pdf).proof().toArray(), StandardCharsets.UTF_8);
      long index = TlogProof.parse(proof).index();
      if (page.statement() >= 0 && page.statement() != index) {
        find(
            Finding.Kind.DOCUMENT,
            page.number(),
            "its statement is entry "
                + index
                + " of the log, the register says "
                + page.statement());
      }
    } catch (MalformedDocument | MalformedCheckpoint e) {
      find(Finding.Kind.DOCUMENT, page.number(), "log entry: " + e.getMessage());
    }
  }

  /** A line of the period may be behind one document that stands, whoever's it is. */
  private void lines(Page page, byte[] zip, String origin) {
    try {
      for (ProvenLine line : EvidenceZip.read(zip).lines()) {
        LocalDate day = line.opening().check(origin).day();
        boolean counts = !day.isBefore(page.from()) && !day.isAfter(page.to());
        if (counts && !counted.add(line.opening().leaf())) {
          twice.putIfAbsent(line.opening().leaf(), page.number());
        }
      }
    } catch (MalformedEvidence | OpeningRejected e) {
      find(Finding.Kind.DOCUMENT, page.number(), "evidence: " + e.getMessage());
    }
  }

  /** Reads the evidence again for the other document, only when a line was found behind two. */
  private void countedTwice(Book book, String origin) throws IOException {
    for (Page page : twice.isEmpty() ? List.<Page>of() : book.pages()) {
      Path zip = folder.evidence(page.number());
      if (page.counts() && Files.exists(zip)) {
        for (ProvenLine line : readAgain(zip)) {
          long leaf = line.opening().leaf();
          String second = twice.get(leaf);
          if (second != null && isOf(page, line, origin)) {
            find(
                Finding.Kind.LINE_TWICE,
                second,
                "entry " + leaf + " is behind " + page.number() + " too");
            twice.remove(leaf);
          }
        }
      }
    }
  }

  private static List<ProvenLine> readAgain(Path zip) throws IOException {
    try {
      return EvidenceZip.read(Files.readAllBytes(zip)).lines();
    } catch (MalformedEvidence e) {
      return List.of(); // was a finding when it was read first
    }
  }

  private static boolean isOf(Page page, ProvenLine line, String origin) {
    try {
      LocalDate day = line.opening().check(origin).day();
      return !day.isBefore(page.from()) && !day.isAfter(page.to());
    } catch (OpeningRejected e) {
      return false; // was a finding when it was read first
    }
  }

  private void find(Finding.Kind kind, String about, String sentence) {
    findings.add(new Finding(kind, about, sentence));
  }
}
