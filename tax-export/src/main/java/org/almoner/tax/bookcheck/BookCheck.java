package org.almoner.tax.bookcheck;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.MalformedCheckpoint;
import org.almoner.ledger.checkpoint.TlogProof;
import org.almoner.ledger.entry.Commitment;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.MalformedEntry;
import org.almoner.ledger.entry.Withdrawal;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.tally.OpeningRejected;
import org.almoner.ledger.tally.Statement;
import org.almoner.ledger.tree.Frontier;
import org.almoner.ledger.tree.TreeHash;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonValue;
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
  private final Path folder;
  private final TrustFile trust;
  private final List<Finding> findings = new ArrayList<>();
  private final LeafSet counted = new LeafSet();
  private final Map<Long, String> twice = new TreeMap<>();

  /** Checks the register in {@code folder}; believes whom {@code trust} names. */
  public BookCheck(Path folder, TrustFile trust) {
    this.folder = folder;
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

  /**
   * Looks at everything.
   *
   * @param checkpoint believed; taken before the register is read, so that what is logged meanwhile
   *     is no finding
   * @param progress is told how many documents were looked at
   * @throws IOException when the log or a file cannot be read
   */
  public Result run(LogReader reader, Checkpoint checkpoint, LongConsumer progress)
      throws IOException {
    Book book = Book.read(folder.resolve("register.jsonl"));
    findings.addAll(book.findings());
    long receipts = log(book, reader, checkpoint);
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
    return new Result(book.size(), receipts, findings, explained);
  }

  private static void explain(Page page, List<String> explained) {
    switch (page.state()) {
      case "RESERVED" -> explained.add(page.number() + " is reserved, and not issued yet");
      case "SEALED" -> explained.add(page.number() + " is sealed, and about to be given out");
      case "CANCELLED" -> explained.add(page.number() + " was cancelled: " + page.reason());
      case "REPLACED" -> explained.add(page.number() + " was replaced by " + page.by());
      case "ERASED" -> explained.add(page.number() + " was erased with its donor");
      default -> {
        // it stands
      }
    }
  }

  /** What the log holds of documents. */
  private static final class Logged {
    final Map<Long, Hash> receipts = new HashMap<>();
    final Map<Long, Withdrawal> withdrawals = new TreeMap<>();
  }

  /** What the register says was logged is what the log holds, and nothing is left. */
  private long log(Book book, LogReader reader, Checkpoint checkpoint) throws IOException {
    Logged logged = read(reader, checkpoint);
    Set<Long> left = new TreeSet<>(logged.receipts.keySet());
    Map<Long, Withdrawal> withdrawn = new TreeMap<>(logged.withdrawals);
    Map<String, Page> pages = new HashMap<>();
    book.pages().forEach(page -> pages.put(page.number(), page));
    List<Long> sealed = new ArrayList<>();
    for (Page page : book.pages()) {
      if (page.was("SEALED")) {
        sealed.add(statement(page));
      }
      boolean given = page.stands() || page.was("REPLACED");
      if (given && !page.receipt().isThere()) {
        find(Finding.Kind.LOG, page.number(), "it was given out, and no entry of the log is named");
      }
      receipt(page, logged.receipts, left, checkpoint);
      if (page.isWithdrawn() && page.receipt().isThere()) {
        withdrawal(page, pages, withdrawn, checkpoint);
      }
    }
    removeAboutToBeGiven(sealed, left);
    if (!left.isEmpty()) {
      find(
          Finding.Kind.UNREGISTERED,
          "log",
          left.size()
              + " receipts in the log are not in the register, first entry "
              + left.iterator().next());
    }
    withdrawn.forEach(
        (leaf, withdrawal) ->
            find(
                Finding.Kind.UNREGISTERED,
                "log",
                "entry "
                    + leaf
                    + " says that the document with statement "
                    + withdrawal.statement()
                    + " was "
                    + withdrawal.state()
                    + ", the register does not"));
    return logged.receipts.size();
  }

  /** For each sealed document one receipt behind its statement may wait to be registered. */
  private static void removeAboutToBeGiven(List<Long> sealed, Set<Long> receipts) {
    sealed.sort(null);
    int begun = 0;
    int used = 0;
    for (Long receipt : List.copyOf(receipts)) {
      while (begun < sealed.size() && sealed.get(begun) < receipt) {
        begun++;
      }
      if (used < begun) {
        used++;
        receipts.remove(receipt);
      }
    }
  }

  /** Where the log holds a page's statement; in early registers only the document itself tells. */
  private long statement(Page page) throws IOException {
    Path pdf = path(page.number(), ".pdf");
    if (page.statement() >= 0 || !Files.exists(pdf)) {
      return page.statement();
    }
    try {
      byte[] proof = PdfEvidence.read(Files.readAllBytes(pdf)).proof().toArray();
      return TlogProof.parse(new String(proof, StandardCharsets.UTF_8)).index();
    } catch (MalformedDocument | MalformedCheckpoint e) {
      find(Finding.Kind.DOCUMENT, page.number(), "log entry: " + e.getMessage());
      return -1;
    }
  }

  /** Every entry up to the checkpoint; together they have to lead to its root. */
  private Logged read(LogReader reader, Checkpoint checkpoint) throws IOException {
    Logged logged = new Logged();
    Frontier frontier = Frontier.empty();
    long leaf = 0;
    while (leaf < checkpoint.size()) {
      for (Bytes octets : reader.entriesFrom(leaf, checkpoint.size())) {
        if (leaf == checkpoint.size()) {
          break;
        }
        frontier.append(TreeHash.leaf(octets), (height, root) -> {});
        take(leaf, octets, logged);
        leaf++;
      }
    }
    if (!frontier.root().equals(checkpoint.root())) {
      find(Finding.Kind.LOG, "log", "the entries of this copy do not lead to the signed root");
    }
    return logged;
  }

  private void take(long leaf, Bytes octets, Logged logged) {
    try {
      Entry entry = Entry.parse(octets);
      if (entry.kind() == Kind.RECEIPT) {
        logged.receipts.put(leaf, TreeHash.leaf(octets));
      } else if (entry.kind() == Kind.WITHDRAWAL) {
        logged.withdrawals.put(leaf, Withdrawal.parse(entry));
      }
    } catch (MalformedEntry e) {
      find(Finding.Kind.LOG, "log", "entry " + leaf + ": " + e.getMessage());
    }
  }

  private void receipt(Page page, Map<Long, Hash> receipts, Set<Long> left, Checkpoint checkpoint) {
    Page.Opening opening = page.receipt();
    if (!opening.isThere() || opening.leaf() >= checkpoint.size()) {
      return; // what was logged after this copy of the log is for the next audit
    }
    JsonValue record =
        JsonValue.Obj.of().put("number", page.number()).put("pdf", page.pdf()).build();
    Hash salt = Hash.parseHex(opening.salt());
    Hash expected =
        Commitment.of(Kind.RECEIPT, checkpoint.origin(), salt, 0, CanonicalJson.bytes(record))
            .entry()
            .leafHash();
    Hash found = receipts.get(opening.leaf());
    if (found == null || !found.equals(expected) || !left.remove(opening.leaf())) {
      find(
          Finding.Kind.LOG,
          page.number(),
          "entry " + opening.leaf() + " of the log is not the receipt of this file");
    }
  }

  private void withdrawal(
      Page page, Map<String, Page> pages, Map<Long, Withdrawal> withdrawn, Checkpoint checkpoint)
      throws IOException {
    if (page.change() >= checkpoint.size()) {
      return;
    }
    Page next = pages.get(page.by());
    long by = next == null ? Withdrawal.NOTHING : statement(next);
    long own = statement(page);
    Withdrawal found = withdrawn.remove(page.change());
    if (found == null || found.statement() != own || found.by() != by) {
      find(
          Finding.Kind.LOG,
          page.number(),
          page.change() < 0
              ? "it was withdrawn, and no entry of the log is named"
              : "entry " + page.change() + " of the log does not say that it was withdrawn so");
    }
  }

  private void file(Page page, String origin) throws IOException {
    Path pdf = path(page.number(), ".pdf");
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
    Path zip = path(page.number(), ".evidence.zip");
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
      if (page.stands() && Files.exists(zip)) {
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
      Path zip = path(page.number(), ".evidence.zip");
      if (page.stands() && Files.exists(zip)) {
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

  /** Files lie in 256 folders, by the first two digits of the SHA-256 of their number. */
  private Path path(String number, String ending) {
    String name = number.replace('/', '_');
    String digits = Hash.sha256(name.getBytes(StandardCharsets.UTF_8)).toHex().substring(0, 2);
    return folder.resolve("files").resolve(digits).resolve(name + ending);
  }

  private void find(Finding.Kind kind, String about, String sentence) {
    findings.add(new Finding(kind, about, sentence));
  }
}
