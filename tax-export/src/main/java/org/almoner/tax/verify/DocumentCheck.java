package org.almoner.tax.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.MalformedCheckpoint;
import org.almoner.ledger.checkpoint.TlogProof;
import org.almoner.ledger.note.NoteRejected;
import org.almoner.ledger.note.SignedNote;
import org.almoner.ledger.tally.Statement;
import org.almoner.ledger.tile.TileSource;
import org.almoner.ledger.tree.ProofRejected;
import org.almoner.ledger.witness.WitnessPolicy;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.tax.issue.StatementOpening;
import org.almoner.tax.pdf.MalformedDocument;
import org.almoner.tax.pdf.PdfEvidence;
import org.almoner.tax.seal.IntactSeal;
import org.almoner.tax.seal.SealCheck;

/**
 * Checks a sealed statement from the outside, with nothing but the file and what the reader adds: a
 * trust file, the evidence, the log.
 *
 * <p>Each thing looked at ends in one {@link Step}. A document is believed when every step is ok;
 * without a trust file it is at best consistent in itself, its issuer unknown.
 */
public final class DocumentCheck {
  private final byte[] pdf;
  private final List<TrustFile> trust = new ArrayList<>();
  private final List<byte[]> evidence = new ArrayList<>();
  private final List<LogAtHand> logs = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<Statement> stated = new ArrayList<>();
  private final List<IntactSeal> sealed = new ArrayList<>();
  private final List<Long> leaves = new ArrayList<>();
  private Set<Long> counted = Set.of();

  private record Opened(Statement statement, long leaf, Checkpoint proved, SignedNote note) {}

  private DocumentCheck(byte[] pdf) {
    this.pdf = pdf;
  }

  /** Starts with the file alone. */
  public static DocumentCheck of(byte[] pdf) {
    return new DocumentCheck(pdf.clone());
  }

  /** Believes whom {@code file} names. */
  public DocumentCheck trusting(TrustFile file) {
    trust.add(file);
    return this;
  }

  /** Also opens every line behind the statement. */
  public DocumentCheck withEvidence(byte[] zip) {
    evidence.add(zip.clone());
    return this;
  }

  /** Also holds it against the log as it is now; needs a trust file. */
  public DocumentCheck against(TileSource tiles, String checkpoint) {
    logs.add(new LogAtHand(tiles, checkpoint));
    return this;
  }

  /** Looks at everything; the first thing that does not hold ends the looking. */
  public List<Step> run() {
    String subject = "seal";
    try {
      IntactSeal seal = seal();
      sealed.add(seal);
      steps.add(Step.ok(subject, "it covers the whole file and nothing was changed since"));
      SealStep sealStep = new SealStep(seal, trust);
      subject = "issuer";
      steps.add(sealStep.issuer());
      subject = "time stamp";
      sealStep.timeStamp().ifPresent(steps::add);
      subject = "log entry";
      Opened opened = logEntry();
      subject = "witnesses";
      witnesses(opened).ifPresent(steps::add);
      for (byte[] zip : evidence) {
        subject = "evidence";
        EvidenceStep.Proved proved = new EvidenceStep(opened.statement(), trust).run(zip);
        counted = proved.counted();
        steps.add(Step.ok(subject, proved.sentence()));
      }
      for (LogAtHand log : logs) {
        subject = "log now";
        if (trust.isEmpty()) {
          steps.add(Step.unknown(subject, "nobody vouched for the log's key; add --trust FILE"));
          break;
        }
        LogStep.Now now = logNow(log, opened);
        steps.add(Step.ok(subject, now.sentence()));
        subject = "register";
        steps.add(Step.ok(subject, now.standing(opened.leaf())));
      }
    } catch (StepFailed e) {
      steps.add(Step.failed(subject, String.valueOf(e.getMessage())));
    }
    return List.copyOf(steps);
  }

  /** After {@link #run}: what the document states, once its place in the log was proved. */
  public Optional<Statement> statement() {
    return stated.stream().findFirst();
  }

  /** After {@link #run}: the seal, once it was found intact. */
  Optional<IntactSeal> sealFound() {
    return sealed.stream().findFirst();
  }

  /** After {@link #run}: where the statement stands in the log, once that was proved. */
  Optional<Long> leaf() {
    return leaves.stream().findFirst();
  }

  private IntactSeal seal() throws StepFailed {
    List<IntactSeal> intact = new ArrayList<>();
    String sentence =
        SealCheck.check(pdf)
            .match(
                good -> {
                  intact.add(good);
                  return "";
                },
                none -> "the file carries no seal: it is not an issued document",
                broken -> broken.sentence());
    if (intact.isEmpty()) {
      throw new StepFailed(sentence);
    }
    return intact.get(0);
  }

  private Opened logEntry() throws StepFailed {
    try {
      PdfEvidence carried = PdfEvidence.read(pdf);
      StatementOpening opening = StatementOpening.parse(carried.statement());
      TlogProof proof =
          TlogProof.parse(
              new String(carried.proof().toArray(), java.nio.charset.StandardCharsets.UTF_8));
      Statement statement = opening.statement();
      Hash leaf = opening.entry().leafHash();
      Checkpoint proved = trust.isEmpty() ? unsigned(proof, leaf) : signed(proof, leaf, statement);
      if (!proved.origin().equals(statement.origin())) {
        throw new StepFailed(
            "the statement is of log " + statement.origin() + ", its proof of " + proved.origin());
      }
      steps.add(
          Step.ok(
              "log entry",
              "statement "
                  + statement.number()
                  + " is entry "
                  + proof.index()
                  + " of "
                  + proved.origin()
                  + ", under a checkpoint of "
                  + proved.size()
                  + " entries"
                  + (trust.isEmpty() ? " whose signature nobody vouched for" : "")));
      steps.add(Step.ok("totals", totals(statement)));
      stated.add(statement);
      leaves.add(proof.index());
      return new Opened(statement, proof.index(), proved, proof.checkpoint());
    } catch (MalformedDocument | MalformedJson | MalformedCheckpoint e) {
      throw new StepFailed(String.valueOf(e.getMessage()));
    } catch (NoteRejected | ProofRejected e) {
      throw new StepFailed("the statement's proof does not hold: " + e.getMessage());
    }
  }

  private Checkpoint signed(TlogProof proof, Hash leaf, Statement statement)
      throws MalformedCheckpoint, NoteRejected, ProofRejected, StepFailed {
    TrustFile believed = trust.get(0);
    BelievedLog log = believed.logOf(statement.origin());
    Checkpoint proved = log.open(proof.checkpoint(), believed.witnesses(log.origin())).checkpoint();
    proof.inclusion().verify(proof.index(), proved.size(), leaf, proved.root());
    Optional<FormerLog> closed = believed.closed(log.origin());
    if (closed.isPresent()) {
      steps.add(Step.ok("former log", closed.get().contains(proved)));
    }
    return proved;
  }

  private static Checkpoint unsigned(TlogProof proof, Hash leaf)
      throws MalformedCheckpoint, ProofRejected {
    Checkpoint stated = Checkpoint.parse(proof.checkpoint().text());
    proof.inclusion().verify(proof.index(), stated.size(), leaf, stated.root());
    return stated;
  }

  private Optional<Step> witnesses(Opened opened) throws StepFailed {
    if (trust.isEmpty()) {
      return Optional.empty();
    }
    WitnessPolicy policy = trust.get(0).witnesses(opened.proved().origin());
    if (policy.asksNobody()) {
      return Optional.empty();
    }
    try {
      Set<String> signed = policy.signed(opened.note());
      String who = signed.isEmpty() ? "none" : String.join(", ", new TreeSet<>(signed));
      if (!policy.satisfied(signed)) {
        throw new StepFailed(
            "of the witnesses that the trust file asks for, "
                + who
                + " signed the statement's checkpoint: not enough");
      }
      return Optional.of(Step.ok("witnesses", "signed under the statement's checkpoint: " + who));
    } catch (NoteRejected e) {
      throw new StepFailed(String.valueOf(e.getMessage()));
    }
  }

  private LogStep.Now logNow(LogAtHand log, Opened opened) throws StepFailed {
    return new LogStep(trust.get(0), log.tiles(), log.checkpoint(), opened.proved().origin())
        .run(opened.proved(), opened.leaf(), counted);
  }

  private static String totals(Statement statement) {
    return String.format(
        java.util.Locale.ROOT,
        "%s to %s: %.3f CPU core-hours, %d of %d results accepted",
        statement.from(),
        statement.to(),
        statement.given().cpu().totalMs() / 3_600_000.0,
        statement.accepted(),
        statement.returned());
  }
}
