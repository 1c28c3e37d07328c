package org.almoner.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.almoner.command.audit.AuditFolder;
import org.almoner.command.audit.AuditStopped;
import org.almoner.command.audit.Begun;
import org.almoner.command.audit.SampleReport;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.MalformedCheckpoint;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.note.CanonicalBase64;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.NoteRejected;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.sample.Dice;
import org.almoner.ledger.witness.WitnessPolicy;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.tax.verify.TrustFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Fixes the checkpoint of an audit, before its dice are rolled. */
@Command(
    name = "begin",
    mixinStandardHelpOptions = true,
    description = {
      "Fixes the newest checkpoint that the trust file's witnesses have signed, in a new folder.",
      "Roll the dice after this, never before.",
    })
final class AuditBeginCommand implements Callable<Integer> {
  /** Longest wait for the witnesses of the newest checkpoint, in seconds. */
  private static final int WITNESS_SECONDS_MAX = 60;

  private static final int PAUSE_SECONDS = 2;

  @Option(
      names = "--log",
      required = true,
      paramLabel = "URL|DIR",
      description = "The log: an address such as http://127.0.0.1:7421/log, or a folder.")
  private String log = "";

  @Option(
      names = "--trust",
      required = true,
      paramLabel = "FILE",
      description = "The charity's trust file, which holds the log's key and its witnesses.")
  private Path trust = Path.of(".");

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DIR",
      description = "The new folder of this audit.")
  private Path to = Path.of(".");

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "Where 'log check' remembers what it saw (default: ${DEFAULT-VALUE}).")
  private Path state = LogCheckCommand.stateFolder();

  @Option(
      names = "--repeat",
      paramLabel = "REPORT",
      description = "Repeats another audit: takes checkpoint and dice from its report.json.")
  private @Nullable Path repeat;

  private final InstantSource clock = Clock.systemUTC();

  @Override
  public Integer call() throws IOException, InterruptedException {
    TrustFile believed = VerifyCommand.trustFile(trust);
    try {
      Optional<SampleReport.Repeated> other = other();
      SignedCheckpoint checkpoint =
          other.isPresent()
              ? witnessed(other.get().note(), believed).orElseThrow(() -> unwitnessed(believed))
              : newest(believed);
      requireKnown(believed, checkpoint);
      AuditFolder folder = AuditFolder.make(to);
      for (Dice dice : other.map(SampleReport.Repeated::dice).stream().toList()) {
        folder.keep(dice);
      }
      String where = log.startsWith("http") ? log : Path.of(log).toAbsolutePath().toString();
      folder.begin(
          new Begun(clock.millis(), checkpoint.format(), where, other.isPresent()),
          Files.readAllBytes(trust));
      tell(believed, checkpoint);
      return 0;
    } catch (AuditStopped e) {
      throw AuditSampleCommand.failure(e);
    }
  }

  private Optional<SampleReport.Repeated> other() throws IOException, AuditStopped {
    if (repeat == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(SampleReport.repeat(Files.readAllBytes(repeat)));
    } catch (NoSuchFileException e) {
      throw Failure.wrongUse("--repeat: there is no file " + repeat);
    }
  }

  /** The newest checkpoint, once enough witnesses have signed it. */
  private SignedCheckpoint newest(TrustFile believed) throws InterruptedException {
    for (int waited = 0; waited <= WITNESS_SECONDS_MAX; waited += PAUSE_SECONDS) {
      Optional<SignedCheckpoint> found = witnessed(LogSource.open(log).checkpoint(), believed);
      if (found.isPresent()) {
        return found.get();
      }
      Thread.sleep(PAUSE_SECONDS * 1_000L);
    }
    throw unwitnessed(believed);
  }

  private static Failure unwitnessed(TrustFile believed) {
    return Failure.failed(
        "the checkpoint lacks the quorum of the trust file's "
            + believed.witnesses().witnesses().size()
            + " witnesses: without it the operator could show you a log of your own; try again"
            + " later, and ask the charity why");
  }

  private static Optional<SignedCheckpoint> witnessed(String note, TrustFile believed) {
    try {
      SignedCheckpoint checkpoint =
          SignedCheckpoint.open(note, believed.log().name(), List.of(believed.log()));
      WitnessPolicy policy = believed.witnesses();
      return policy.satisfied(policy.signed(checkpoint.note()))
          ? Optional.of(checkpoint)
          : Optional.empty();
    } catch (MalformedNote | MalformedCheckpoint | NoteRejected e) {
      throw Failure.failed("the log's checkpoint is not to be believed: " + e.getMessage());
    }
  }

  /** What this computer saw of the log before must still be in it. */
  private void requireKnown(TrustFile believed, SignedCheckpoint checkpoint) throws IOException {
    if (repeat != null) {
      return; // an older one by its nature
    }
    LogReader reader = new LogReader(LogSource.open(log).tiles());
    Optional<String> wrong =
        SeenLog.open(state, believed.log()).contradiction(reader, checkpoint, true);
    if (wrong.isPresent()) {
      throw Failure.failed(wrong.get());
    }
  }

  private void tell(TrustFile believed, SignedCheckpoint signed) {
    Checkpoint checkpoint = signed.checkpoint();
    System.out.println(
        checkpoint.origin()
            + ", "
            + checkpoint.size()
            + " entries, root "
            + CanonicalBase64.encode(Bytes.of(checkpoint.root().toArray())));
    if (believed.witnesses().equals(WitnessPolicy.NOBODY)) {
      System.err.println(
          "almoner: the trust file names no witnesses, so nobody but you can say that this is the"
              + " log that others see; compare the root with a mirror, a donor's document or"
              + " another auditor");
    } else {
      System.out.println("witnesses " + String.join(", ", witnesses(believed, signed)));
    }
    System.out.println(
        repeat == null
            ? "Now roll dice: at least "
                + Dice.ROLLS_MIN
                + ", 50 are better, in front of somebody; write them into a file, then 'almoner"
                + " audit sample'"
            : "Checkpoint and dice are the other audit's; go on with 'almoner audit sample'");
  }

  private static Set<String> witnesses(TrustFile believed, SignedCheckpoint signed) {
    try {
      return new TreeSet<>(believed.witnesses().signed(signed.note()));
    } catch (NoteRejected e) {
      throw Failure.failed(String.valueOf(e.getMessage()));
    }
  }
}
