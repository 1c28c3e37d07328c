package org.almoner.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.almoner.ledger.check.Finding;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.MalformedCheckpoint;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.MalformedEntry;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.NoteRejected;
import org.almoner.ledger.note.SignedNote;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.tree.ProofRejected;
import org.almoner.ledger.witness.WitnessPolicy;
import org.almoner.tax.verify.BelievedLog;
import org.almoner.tax.verify.TrustFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What anyone can do with a public log: look at its entries, prove one, check all. */
@Command(
    name = "log",
    mixinStandardHelpOptions = true,
    description = "For anyone: reads and checks a public log, from its address or from a folder.",
    subcommands = {
      LogCommand.Show.class,
      LogCheckCommand.class,
      LogCommand.Mirror.class,
      LogProofCommand.class,
      LogVerifyProofCommand.class,
    })
final class LogCommand {
  private LogCommand() {}

  /** Which log, and whose signature under its checkpoint is believed. */
  static final class Trusted {
    @Option(
        names = "--log",
        required = true,
        paramLabel = "URL|DIR",
        description = "The log: an address such as http://127.0.0.1:7421/log, or a folder.")
    private String where = "";

    @ArgGroup(multiplicity = "1")
    private Believed believed = new Believed();

    SignedCheckpoint checkpoint(LogSource source) {
      return checkpoint(source.checkpoint());
    }

    SignedCheckpoint checkpoint(String note) {
      try {
        return believed.open(SignedNote.parse(note));
      } catch (MalformedNote | MalformedCheckpoint | NoteRejected e) {
        throw Failure.failed("the log's checkpoint is not to be believed: " + e.getMessage());
      }
    }

    LogSource source() {
      believed.check();
      LogSource source = LogSource.open(where);
      believed.follow(source);
      return source;
    }

    List<VerifierKey> keys(SignedCheckpoint checkpoint) {
      return believed.log(checkpoint.note()).verifiers();
    }

    Optional<Quorum> witnesses(SignedCheckpoint checkpoint) {
      return believed.witnesses(checkpoint.note());
    }

    Optional<TrustFile> trustFile() {
      return believed.trustFile();
    }
  }

  /**
   * Which of the witnesses that a trust file asks for signed a checkpoint.
   *
   * @param enough whether they are the quorum
   */
  record Quorum(List<String> signed, boolean enough) {
    /** The sentence for the terminal. */
    String sentence() {
      return "witnesses: "
          + (signed.isEmpty() ? "none" : String.join(", ", signed))
          + " signed this checkpoint, "
          + (enough
              ? "enough for the quorum of the trust file"
              : "not enough for the quorum of the trust file; a checkpoint of just now may lack"
                  + " them for a minute, an older one should not");
    }
  }

  /** Whose signature counts: a key, or the one in a charity's trust file. */
  static final class Believed {
    @Option(
        names = "--key",
        required = true,
        paramLabel = "VKEY",
        description =
            "The log's verifier key; 'logKey' at /api/v1/origin, or in a trust file. Several keys of "
                + "one log with a comma between them. Where the log itself is read, keys to which it "
                + "passed on from one of these, by its own entry, are believed too.")
    private @Nullable String keys;

    @Option(
        names = "--trust",
        required = true,
        paramLabel = "FILE",
        description = "The charity's trust file, which holds its logs' keys and witnesses.")
    private @Nullable Path trust;

    /** Keys to which the log passed on from those that were given. */
    private List<VerifierKey> passed = List.of();

    Optional<TrustFile> trustFile() {
      return trust == null ? Optional.empty() : Optional.of(VerifyCommand.trustFile(trust));
    }

    /** Ends the command when keys or trust file cannot be used. */
    void check() {
      if (trustFile().isEmpty()) {
        given();
      }
    }

    /**
     * Believes the keys, too, to which the log passed on, and says so. With a trust file nothing is
     * to be followed: it names them all, and which of them were stolen.
     */
    void follow(LogSource source) {
      if (trust == null) {
        List<PassedKey> steps = PassedKey.follow(source, given().verifiers());
        steps.forEach(System.out::println);
        passed = steps.stream().map(PassedKey::key).toList();
      }
    }

    /** The checkpoint, of whichever believed log it is. */
    SignedCheckpoint open(SignedNote note) throws NoteRejected, MalformedCheckpoint {
      Optional<TrustFile> file = trustFile();
      return file.isPresent()
          ? file.get().open(note, log(note).origin())
          : given().open(note, WitnessPolicy.NOBODY);
    }

    /**
     * The log of the trust file that the note is of, or else the one whose signature is missing.
     */
    BelievedLog log(SignedNote note) {
      String origin = note.text().lines().findFirst().orElse("");
      return trustFile()
          .map(trusted -> trusted.log(origin).orElseGet(trusted::log))
          .orElseGet(this::given);
    }

    /** Which of the witnesses signed; nothing when nobody is asked for. */
    Optional<Quorum> witnesses(SignedNote note) {
      WitnessPolicy policy =
          trustFile()
              .map(trusted -> trusted.witnesses(log(note).origin()))
              .orElse(WitnessPolicy.NOBODY);
      if (policy.asksNobody()) {
        return Optional.empty();
      }
      try {
        Set<String> signed = policy.signed(note);
        return Optional.of(new Quorum(List.copyOf(signed), policy.satisfied(signed)));
      } catch (NoteRejected e) {
        throw Failure.failed("the checkpoint's witnesses: " + e.getMessage());
      }
    }

    private BelievedLog given() {
      List<VerifierKey> parsed = new ArrayList<>();
      try {
        for (String key : String.valueOf(keys).split(",", -1)) {
          parsed.add(VerifierKey.parse(key));
        }
        parsed.addAll(passed);
        return BelievedLog.of(parsed);
      } catch (MalformedNote | IllegalArgumentException e) {
        throw Failure.wrongUse("--key: " + e.getMessage());
      }
    }
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows one entry, proved to be in the log.")
  static final class Show implements Callable<Integer> {
    @Mixin private Trusted trusted = new Trusted();

    @Parameters(paramLabel = "INDEX", description = "Which entry, from 0.")
    private long index;

    @Override
    public Integer call() throws IOException {
      LogSource source = trusted.source();
      Checkpoint checkpoint = trusted.checkpoint(source).checkpoint();
      requireInside(index, checkpoint);
      LogReader reader = new LogReader(source.tiles());
      try {
        Entry entry = Entry.parse(reader.entry(index, checkpoint.size()));
        reader
            .inclusion(index, checkpoint.size())
            .verify(index, checkpoint.size(), entry.leafHash(), checkpoint.root());
        System.out.println("entry " + index + " of " + checkpoint.size() + ", " + entry.kind());
        System.out.println(
            entry.kind().isCommitment()
                ? "commitment " + entry.body().toHex()
                : new String(entry.body().toArray(), StandardCharsets.UTF_8));
        return 0;
      } catch (MalformedEntry | ProofRejected e) {
        throw Failure.failed("entry " + index + ": " + e.getMessage());
      }
    }
  }

  @Command(
      name = "mirror",
      mixinStandardHelpOptions = true,
      description = {
        "Copies the log into a folder, checks the whole copy, and brings it up to date when run",
        "again; how the log passed from key to key goes along. A log that no longer contains what",
        "the folder holds is refused.",
      })
  static final class Mirror implements Callable<Integer> {
    @Mixin private Trusted trusted = new Trusted();

    @Option(names = "--to", required = true, paramLabel = "DIR", description = "The folder.")
    private Path to = Path.of(".");

    @Override
    public Integer call() {
      LogSource source = trusted.source();
      SignedCheckpoint now = trusted.checkpoint(source);
      List<SignedCheckpoint> before = new ArrayList<>();
      if (Files.exists(to.resolve(LogMirror.CHECKPOINT))) {
        before.add(trusted.checkpoint(LogSource.open(to.toString())));
      }
      long had = before.isEmpty() ? 0 : before.get(0).checkpoint().size();
      try {
        List<Finding> findings =
            new LogMirror(source, to, new Terminal(System.out), Clock.systemUTC())
                .update(now, before);
        return tell(now, findings, ", " + (now.checkpoint().size() - had) + " of them new here");
      } catch (IOException e) {
        throw Failure.failed("the log could not be copied to " + to + ": " + e.getMessage());
      }
    }
  }

  /** Ends the command when the log has no such entry. */
  static void requireInside(long index, Checkpoint checkpoint) {
    if (checkpoint.size() == 0) {
      throw Failure.wrongUse("entry " + index + " is not in this log, which has no entries yet");
    }
    if (index < 0 || index >= checkpoint.size()) {
      throw Failure.wrongUse(
          "entry " + index + " is not in this log; it has entries 0 to " + (checkpoint.size() - 1));
    }
  }

  /** Prints what was found and the last line; returns the exit code. */
  static int tell(SignedCheckpoint checkpoint, List<?> findings, String more) {
    findings.forEach(System.out::println);
    System.out.println(
        (findings.isEmpty() ? "ok" : "FAILED")
            + "  "
            + checkpoint.checkpoint().origin()
            + ", "
            + checkpoint.checkpoint().size()
            + " entries"
            + more
            + ", "
            + findings.size()
            + " findings");
    return findings.isEmpty() ? 0 : Failure.FAILED;
  }
}
