package org.almoner.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.almoner.coordinator.keys.Keys;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.entry.Succession;
import org.almoner.ledger.note.Ed25519NoteSigner;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.tax.register.DurableFile;
import org.almoner.tax.verify.BelievedKey;
import org.almoner.tax.verify.BelievedLog;
import org.almoner.tax.verify.FormerLog;
import org.almoner.tax.verify.TrustFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Closes a log whose key is lost or stolen, and prepares another under a new name. */
@Command(
    name = "succeed",
    mixinStandardHelpOptions = true,
    description = {
      "Closes a log whose key is lost or stolen with its last checkpoint that counts, and prepares",
      "a folder for another under a new name. The charity's seals, names and documents go along;",
      "accounts, links, batches and results that were not settled do not.",
    })
final class SucceedCommand implements Runnable {
  private static final String STOLEN = "stolen";

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "The data folder of the log that ends; it is marked as closed.")
  private Path old = Path.of(".");

  @Option(
      names = "--new-data",
      required = true,
      paramLabel = "DIR",
      description = "The data folder to make.")
  private Path next = Path.of(".");

  @Option(
      names = "--origin",
      required = true,
      paramLabel = "NAME",
      description = "Name of the new log, such as log.example.org/2027.")
  private String origin = "";

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "lost|stolen",
      description = "Why the log ends.")
  private String reason = "";

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "With stolen: since when, such as 2026-11-20T00:00:00Z.")
  private @Nullable String at;

  @Option(
      names = "--checkpoint",
      required = true,
      paramLabel = "FILE",
      description =
          "The log's last checkpoint, with the lines of its witnesses: from a mirror, from "
              + "/log/checkpoint, or from the witnesses.")
  private Path checkpoint = Path.of(".");

  @Override
  public void run() {
    try (DataFolder from = DataFolder.openStopped(old.toAbsolutePath().normalize())) {
      TrustFile before =
          from.trust()
              .read()
              .orElseThrow(() -> Failure.wrongUse("there is no " + from.trustFile()));
      if (before.log(origin).isPresent()) {
        throw Failure.wrongUse("the charity has had a log " + origin + "; choose another name");
      }
      Path made = next.toAbsolutePath().normalize();
      requireUsable(made);
      FormerLog closed = close(before);
      Succession said = PublishedTrust.succession(closed);
      Path unfinished = made.resolveSibling(made.getFileName() + ".unfinished");
      if (Files.exists(made)) {
        throw Failure.wrongUse(made + " is there already; name a folder to make");
      }
      if (Files.exists(unfinished)) {
        throw Failure.wrongUse(
            unfinished + " was begun before and not finished; remove it, then try again");
      }
      VerifierKey key;
      try (DataFolder to = DataFolder.open(unfinished)) {
        key = begin(from, to, before, closed);
      }
      // Without its trust file the new log would not say what it follows: all of it or nothing.
      Files.move(unfinished, made, StandardCopyOption.ATOMIC_MOVE);
      from.closeFor(origin, made);
      tell(said, key, made, before.charity());
      System.out.println(
          "Names and documents are in both folders now: delete "
              + from.donors().getParent()
              + " once the new log runs, and "
              + from.openingKeys()
              + " when nobody may open the old log's lines any more.");
    } catch (IOException e) {
      throw Failure.failed(String.valueOf(e.getMessage()));
    }
  }

  /** Refuses a name that no log can have, and a place that goes away with the old folder. */
  private void requireUsable(Path made) {
    try {
      var unused = new Checkpoint(origin, 0, Hash.sha256());
      var unusedKey = new VerifierKey(origin, SigningKey.of(new byte[Hash.SIZE]).publicKey());
    } catch (IllegalArgumentException e) {
      throw Failure.wrongUse("--origin " + origin + " cannot name a log: " + e.getMessage());
    }
    if (made.startsWith(old.toAbsolutePath().normalize())) {
      throw Failure.wrongUse(
          made + " lies in the folder of the log that ends; name a folder outside of it");
    }
  }

  private FormerLog close(TrustFile before) throws IOException {
    boolean stolen = reason.equals(STOLEN);
    if (stolen != (at != null)) {
      throw Failure.wrongUse("--at TIME goes with --reason stolen, and only with that");
    }
    try {
      long moment = stolen ? Instant.parse(String.valueOf(at)).getEpochSecond() : BelievedKey.NEVER;
      if (stolen && moment > Clock.systemUTC().instant().getEpochSecond()) {
        throw Failure.wrongUse(
            "--at " + at + " is in the future; name the moment since which the key may be stolen");
      }
      List<BelievedKey> keys = new ArrayList<>();
      for (BelievedKey key : before.log().keys()) {
        keys.add(new BelievedKey(key.key(), Math.min(key.revokedAt(), moment)));
      }
      String note = Files.readString(checkpoint, StandardCharsets.UTF_8);
      return FormerLog.of(new BelievedLog(keys), note, reason, before.witnesses());
    } catch (NoSuchFileException e) {
      throw Failure.wrongUse(
          "--checkpoint: there is no file "
              + checkpoint
              + "; fetch the log's last checkpoint from a mirror, /log/checkpoint or a witness");
    } catch (MalformedNote e) {
      throw Failure.failed(checkpoint + " does not close the log: " + e.getMessage());
    } catch (DateTimeParseException | IllegalArgumentException e) {
      throw Failure.wrongUse(String.valueOf(e.getMessage()));
    }
  }

  private static void tell(Succession closed, VerifierKey key, Path made, String charity) {
    System.out.println("closed      " + closed);
    System.out.println("new log     " + key.format());
    System.out.println("Publish " + made.resolve("trust.json") + ", then start");
    System.out.println(
        "almoner serve --data "
            + quoted(made.toString())
            + " --charity "
            + quoted(charity)
            + " --witnesses FILE");
    System.out.println(
        "where the witnesses of FILE know the new key; without --witnesses those of the old log"
            + " are");
    System.out.println(
        "asked. The new log names the old one in its first entries. Results that were not settled");
    System.out.println("in the old log, accounts and links are not carried over: say so.");
  }

  /** One word for a shell. */
  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  private VerifierKey begin(DataFolder from, DataFolder to, TrustFile before, FormerLog closed)
      throws IOException {
    SecureRandom random = new SecureRandom();
    Keys keys = Keys.openOrCreate(to.keys(), random);
    copySeals(from, to);
    copy(from.donors().getParent(), to.donors().getParent());
    List<FormerLog> former = new ArrayList<>(before.former());
    former.add(closed);
    BelievedLog log =
        BelievedLog.of(
            List.of(
                new Ed25519NoteSigner(to.origin(origin, random), keys.log().get(0)).verifier()));
    to.trust()
        .write(
            new TrustFile(
                before.charity(),
                log,
                before.seals(),
                before.witnesses(),
                former,
                before.revoked(),
                before.terms(),
                before.timeRoots()));
    return log.verifiers().get(0);
  }

  private static void copySeals(DataFolder from, DataFolder to) throws IOException {
    try (Stream<Path> files = Files.list(from.keys())) {
      for (Path file : files.filter(f -> f.getFileName().toString().endsWith(".p12")).toList()) {
        Files.copy(file, to.keys().resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  private static void copy(@Nullable Path from, @Nullable Path to) throws IOException {
    if (from == null || to == null || !Files.isDirectory(from)) {
      return;
    }
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Path at = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          DurableFile.privateFolder(at);
        } else {
          Files.copy(path, at, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }
}
