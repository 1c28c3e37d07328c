package org.almoner.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.almoner.command.audit.AuditFolder;
import org.almoner.command.audit.AuditStopped;
import org.almoner.command.audit.Begun;
import org.almoner.command.audit.ErasedPledge;
import org.almoner.command.audit.SampleReport;
import org.almoner.ledger.audit.ErasedLeaves;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.note.CanonicalBase64;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.sample.Dice;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Fixes the checkpoint of an audit, before its dice are rolled. */
@Command(
    name = "begin",
    mixinStandardHelpOptions = true,
    description = {
      "Fixes the newest checkpoint that the trust file's witnesses have signed, in a new folder.",
      "Also the operator's list of erased lines: what is said to be erased later is a finding.",
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

  @Mixin private AuditorOptions auditor = new AuditorOptions();

  private final InstantSource clock = Clock.systemUTC();

  @Override
  public Integer call() throws IOException, InterruptedException {
    AuditTrust believed = AuditTrust.read(trust);
    if (repeat == null) {
      auditor.require(log);
    }
    try {
      Optional<SampleReport.Repeated> other = other();
      SignedCheckpoint checkpoint =
          other.isPresent() ? theirs(other.get(), believed) : newest(believed);
      Erasures erasures = other.isPresent() ? theirs(other.get(), checkpoint) : asked(checkpoint);
      AuditFolder folder = AuditFolder.make(to);
      if (other.isPresent()) {
        folder.keep(other.get().dice());
        folder.keep(erasures.list());
      } else {
        folder.keep(erasures.list(), erasures.salt());
      }
      String where = log.startsWith("http") ? log : Path.of(log).toAbsolutePath().toString();
      folder.begin(
          new Begun(
              clock.millis(), checkpoint.format(), where, erasures.pledge(), other.isPresent()),
          Files.readAllBytes(trust));
      tell(believed, checkpoint, erasures.pledge());
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

  private static SignedCheckpoint theirs(SampleReport.Repeated other, AuditTrust believed) {
    SignedCheckpoint checkpoint = believed.open(other.note());
    if (!believed.witnessed(checkpoint)) {
      throw believed.unwitnessed();
    }
    return checkpoint;
  }

  /**
   * What is known to be erased before the dice fall.
   *
   * @param salt of the pledge, where the list is this auditor's own
   */
  private record Erasures(ErasedLeaves list, ErasedPledge pledge, Hash salt) {}

  private static Erasures theirs(SampleReport.Repeated other, SignedCheckpoint checkpoint) {
    return new Erasures(
        ErasedLeaves.of(checkpoint.checkpoint().origin(), other.listed()),
        other.erased(),
        Hash.ZERO);
  }

  /** Asked after the checkpoint is fixed, and before there are dice. */
  private Erasures asked(SignedCheckpoint checkpoint) throws AuditStopped, InterruptedException {
    ErasedLeaves list = auditor.client(log).erased();
    String origin = checkpoint.checkpoint().origin();
    if (!list.origin().equals(origin)) {
      throw Failure.failed(
          "the coordinator's list of erased lines is of log " + list.origin() + ", not " + origin);
    }
    byte[] salt = new byte[Hash.SIZE];
    new SecureRandom().nextBytes(salt);
    return new Erasures(list, ErasedPledge.of(list, Hash.of(salt)), Hash.of(salt));
  }

  /** The newest checkpoint, once enough witnesses have signed it. */
  private SignedCheckpoint newest(AuditTrust believed) throws IOException, InterruptedException {
    for (int waited = 0; waited <= WITNESS_SECONDS_MAX; waited += PAUSE_SECONDS) {
      LogSource source = LogSource.open(log);
      SignedCheckpoint found = believed.open(source.checkpoint());
      if (believed.witnessed(found)) {
        requireKnown(believed, source, found);
        return found;
      }
      Thread.sleep(PAUSE_SECONDS * 1_000L);
    }
    throw believed.unwitnessed();
  }

  /** What this computer saw of the log before must still be in it. */
  private void requireKnown(AuditTrust believed, LogSource source, SignedCheckpoint checkpoint)
      throws IOException {
    Optional<String> wrong =
        believed.seen(state).contradiction(new LogReader(source.tiles()), checkpoint, true);
    if (wrong.isPresent()) {
      throw Failure.failed(wrong.get());
    }
  }

  private void tell(AuditTrust believed, SignedCheckpoint signed, ErasedPledge erased) {
    Checkpoint checkpoint = signed.checkpoint();
    System.out.println(
        checkpoint.origin()
            + ", "
            + checkpoint.size()
            + " entries, root "
            + CanonicalBase64.encode(Bytes.of(checkpoint.root().toArray())));
    if (believed.asksWitnesses()) {
      System.out.println("witnesses " + String.join(", ", believed.witnesses(signed)));
    } else {
      System.err.println(
          "almoner: the trust file names no witnesses, so nobody but you can say that this is the"
              + " log that others see; compare the root with a mirror, a donor's document or"
              + " another auditor");
    }
    System.out.println("erased    " + erased.leaves() + " lines on the operator's list");
    System.out.println(
        repeat == null
            ? "Now roll dice: at least "
                + Dice.ROLLS_MIN
                + ", 50 are better, in front of somebody; write them into a file, then 'almoner"
                + " audit sample'"
            : "Checkpoint and dice are the other audit's; go on with 'almoner audit sample'");
  }
}
