package org.almoner.tax.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.almoner.ledger.audit.Audit;
import org.almoner.ledger.audit.ErasedLeaves;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.read.TileUnreadable;
import org.almoner.ledger.tally.CheckedLine;
import org.almoner.ledger.tally.OpeningRejected;
import org.almoner.ledger.tally.Statement;
import org.almoner.ledger.tree.ProofRejected;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.tax.evidence.Evidence;
import org.almoner.tax.evidence.EvidenceZip;
import org.almoner.tax.evidence.MalformedEvidence;
import org.almoner.tax.evidence.ProvenLine;
import org.almoner.tax.pdf.UntrustedPdf;
import org.almoner.tax.verify.DocumentCheck;
import org.almoner.tax.verify.Step;
import org.almoner.tax.verify.TrustFile;

/**
 * A folder with statements ({@code *.pdf}) and evidence ({@code *.zip}), as donors hand them to an
 * auditor; a statement names its evidence by digest, so names do not matter. The operator may add a
 * list of {@linkplain ErasedLeaves erased lines}.
 *
 * <p>{@link #open} reads everything once. When the audit has looked on while the log was checked,
 * {@link #recount} reads each statement's evidence again, so that one file at a time is in memory.
 */
public final class OpeningsFolder {
  /** Largest evidence file read, in octets. */
  public static final long ZIP_BYTES_MAX = 256L << 20;

  private final Path folder;
  private final TrustFile trust;
  private final Audit audit;
  private final List<Step> steps = new ArrayList<>();
  private final List<Document> documents = new ArrayList<>();
  private final Map<Hash, Path> evidence = new HashMap<>();

  private record Document(Path file, Statement statement) {}

  /** Reads from {@code folder}; believes whom {@code trust} names. */
  public OpeningsFolder(Path folder, TrustFile trust) {
    this.folder = folder;
    this.trust = trust;
    this.audit = new Audit(trust.log().origin());
  }

  /** What looks on while the log is checked, and what it finds. */
  public Audit audit() {
    return audit;
  }

  /**
   * Reads every file and takes every opening; what does not hold by itself ends up in {@link
   * #steps}.
   *
   * @return how many files were read
   * @throws IOException when the folder or a file cannot be read
   */
  public int open() throws IOException {
    List<Path> pdfs = files(".pdf");
    List<Path> zips = files(".zip");
    erased(folder.resolve(ErasedLeaves.FILE));
    for (Path pdf : pdfs) {
      document(pdf);
    }
    for (Path zip : zips) {
      openings(zip);
    }
    return pdfs.size() + zips.size();
  }

  /**
   * Adds up each statement again by what the log says.
   *
   * @param now the checkpoint below which the audit looked on
   */
  public void recount(LogReader reader, Checkpoint now) throws IOException {
    audit.end(now.size());
    for (Document document : documents) {
      steps.add(recount(document, reader, now));
    }
  }

  /** What was found of each document and each file, in order of their names. */
  public List<Step> steps() {
    return List.copyOf(steps);
  }

  private List<Path> files(String ending) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> file.getFileName().toString().endsWith(ending))
          .sorted()
          .toList();
    }
  }

  /** The operator's list of lines that nobody can open any more, where there is one. */
  private void erased(Path list) throws IOException {
    if (!Files.exists(list)) {
      return;
    }
    if (Files.size(list) > ErasedLeaves.FILE_BYTES_MAX) {
      fail(list, "it has more than " + ErasedLeaves.FILE_BYTES_MAX + " octets and is no list");
      return;
    }
    try {
      audit.erased(ErasedLeaves.parse(Bytes.of(Files.readAllBytes(list))));
    } catch (MalformedJson e) {
      fail(list, "it is no list of erased lines: " + e.getMessage());
    }
  }

  private void document(Path pdf) throws IOException {
    if (Files.size(pdf) > UntrustedPdf.FILE_BYTES_MAX) {
      fail(pdf, "it has more than " + UntrustedPdf.FILE_BYTES_MAX + " octets and is no statement");
      return;
    }
    DocumentCheck check = DocumentCheck.of(Files.readAllBytes(pdf)).trusting(trust);
    check.run().stream()
        .filter(step -> step.verdict() == Step.Verdict.FAILED)
        .forEach(step -> fail(pdf, step.subject() + ": " + step.sentence()));
    check.statement().ifPresent(statement -> documents.add(new Document(pdf, statement)));
  }

  private void openings(Path zip) throws IOException {
    if (Files.size(zip) > ZIP_BYTES_MAX) {
      fail(zip, "it has more than " + ZIP_BYTES_MAX + " octets; at most that many are read");
      return;
    }
    byte[] octets = Files.readAllBytes(zip);
    Hash digest = Hash.sha256(octets);
    evidence.put(digest, zip);
    Set<Statement> statements = new HashSet<>();
    for (Document document : documents) {
      if (document.statement().evidence().equals(digest)) {
        statements.add(document.statement());
      }
    }
    try {
      for (ProvenLine line : EvidenceZip.read(octets).lines()) {
        audit.open(line.opening());
        for (Statement statement : statements) {
          audit.belongs(line.opening().leaf(), statement.donor());
        }
      }
      if (statements.isEmpty()) {
        steps.add(
            Step.unknown(name(zip), "no statement here names it: whose its lines are is unknown"));
      }
    } catch (MalformedEvidence e) {
      fail(zip, String.valueOf(e.getMessage()));
    }
  }

  private Step recount(Document document, LogReader reader, Checkpoint now) throws IOException {
    Statement statement = document.statement();
    String name = name(document.file());
    Path zip = evidence.get(statement.evidence());
    try {
      requirePrefix(statement, reader, now);
      if (zip == null) {
        return Step.unknown(
            name, "its evidence is not here, so its totals were not added up again");
      }
      List<CheckedLine> lines = new ArrayList<>();
      Evidence opened = EvidenceZip.read(Files.readAllBytes(zip));
      for (ProvenLine line : opened.lines()) {
        lines.add(line.opening().check(statement.origin()));
      }
      long voided = audit.recount(statement, lines, now.size());
      return Step.ok(
          name,
          lines.size()
              + " lines opened, "
              + statement.accepted()
              + " accepted; by the log they add up to its totals"
              + (voided == 0 ? "" : ", but " + voided + " of them count no more"));
    } catch (OpeningRejected | MalformedEvidence | ProofRejected | TileUnreadable e) {
      return Step.failed(name, String.valueOf(e.getMessage()));
    }
  }

  private static void requirePrefix(Statement statement, LogReader reader, Checkpoint now)
      throws IOException, ProofRejected {
    if (statement.logSize() > now.size()) {
      throw new ProofRejected(
          "it was drawn up from "
              + statement.logSize()
              + " entries, and the log has "
              + now.size());
    }
    reader
        .consistency(statement.logSize(), now.size())
        .verify(statement.logSize(), statement.logRoot(), now.size(), now.root());
  }

  private void fail(Path file, String sentence) {
    steps.add(Step.failed(name(file), sentence));
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }
}
