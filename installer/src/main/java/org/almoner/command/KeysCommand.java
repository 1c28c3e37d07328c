package org.almoner.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almoner.coordinator.keys.Keys;
import org.almoner.ledger.note.Ed25519NoteSigner;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.ledger.rotation.ProvenRotation;
import org.almoner.ledger.rotation.RotationRejected;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonValue;
import org.almoner.tax.seal.SealAlgorithm;
import org.almoner.tax.seal.SealFile;
import org.almoner.tax.verify.RevokedSeal;
import org.almoner.tax.verify.TrustFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The operator's keys: what there is, changing one, and what to do when one is lost or stolen. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    description = "For the operator: lists the keys, changes them, and takes them out of use.",
    subcommands = {
      KeysCommand.Listing.class,
      KeysCommand.Rotate.class,
      KeysCommand.Retire.class,
      KeysCommand.Revoke.class,
      SucceedCommand.class,
    })
final class KeysCommand {
  private KeysCommand() {}

  /** The data folder of a coordinator. */
  static final class Data {
    @Option(
        names = "--data",
        paramLabel = "DIR",
        required = true,
        description = "The coordinator's data folder.")
    private Path folder = Path.of(".");

    Path folder() {
      return folder.toAbsolutePath().normalize();
    }

    /** The folder, which no coordinator uses meanwhile. */
    DataFolder stopped() throws IOException {
      return DataFolder.openStopped(folder());
    }
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = {
        "Lists every key: its file, who may read it, what it signs, and what it means when it is",
        "lost or stolen. Prints no secret and asks no coordinator.",
      })
  static final class Listing implements Runnable {
    @Mixin private Data data = new Data();

    @Option(
        names = {"-o", "--output"},
        paramLabel = "text|json",
        defaultValue = "text",
        description = "How to print it (default: ${DEFAULT-VALUE}).")
    private String output = "text";

    @Override
    public void run() {
      if (!output.equals("text") && !output.equals("json")) {
        throw Failure.wrongUse("--output takes text or json, got " + output);
      }
      List<KeyOnDisk> keys = KeyList.of(data.folder());
      if (output.equals("json")) {
        JsonValue.Obj all =
            JsonValue.Obj.of().put("keys", keys.stream().map(KeyOnDisk::toJson).toList()).build();
        System.out.println(new String(CanonicalJson.encode(all), StandardCharsets.UTF_8));
      } else {
        keys.forEach(System.out::println);
      }
    }
  }

  @Command(
      name = "rotate",
      mixinStandardHelpOptions = true,
      description = "Draws a new key beside one that is in hand.",
      subcommands = {RotateLog.class, RotateSeal.class})
  static final class Rotate {}

  @Command(
      name = "log",
      mixinStandardHelpOptions = true,
      description = {
        "Draws a second key for the log. From the next start both sign, and the log says so;",
        "agents and readers follow by themselves. Retire the old one after some weeks.",
      })
  static final class RotateLog implements Runnable {
    @Mixin private Data data = new Data();

    @Override
    public void run() {
      try (DataFolder folder = data.stopped()) {
        VerifierKey next =
            new Ed25519NoteSigner(
                    folder.knownOrigin(), Keys.rotateLog(folder.keys(), new SecureRandom()))
                .verifier();
        System.out.println("new key     " + next.format());
        System.out.println("Start the coordinator: from then on both keys sign. Then publish");
        System.out.println(
            folder.trustFile() + ", and give witnesses the new key: --log beside the old one.");
      } catch (IOException e) {
        throw Failure.failed(String.valueOf(e.getMessage()));
      }
    }
  }

  @Command(
      name = "seal",
      mixinStandardHelpOptions = true,
      description = {
        "Draws a new seal of Almoner's own. The old one is kept, read-only; documents under it",
        "stay valid. 'almoner receipts seal' does that and more, also for a seal of your own.",
      })
  static final class RotateSeal implements Runnable {
    @Mixin private Data data = new Data();

    @Override
    public void run() {
      try (DataFolder folder = data.stopped()) {
        ReceiptsSealCommand.rotate(folder, new SealFile(folder.seal()), SealAlgorithm.P256);
      } catch (IOException | IllegalArgumentException e) {
        throw Failure.failed(String.valueOf(e.getMessage()));
      }
    }
  }

  @Command(
      name = "retire",
      mixinStandardHelpOptions = true,
      description = "Lets the new key of the log sign alone.",
      subcommands = RetireLog.class)
  static final class Retire {}

  @Command(
      name = "log",
      mixinStandardHelpOptions = true,
      description = {
        "Deletes the old key of the log; the new one signs alone. Agents that slept meanwhile"
            + " still",
        "follow, by the proof that the coordinator keeps. Destroy your copies of the old key, too.",
      })
  static final class RetireLog implements Runnable {
    @Mixin private Data data = new Data();

    @Override
    public void run() {
      try (DataFolder folder = data.stopped()) {
        Keys keys = Keys.open(folder.keys());
        if (keys.log().size() > 1) {
          requireProof(folder, keys);
        }
        Keys.retireLog(folder.keys());
        System.out.println("The old key is gone from " + folder.keys() + ".");
        System.out.println("Destroy its copies; the trust file goes on naming it.");
      } catch (IOException e) {
        throw Failure.failed(String.valueOf(e.getMessage()));
      }
    }

    /** Without it nobody who knows the old key could follow. */
    private static void requireProof(DataFolder folder, Keys keys) throws IOException {
      VerifierKey next = new Ed25519NoteSigner(folder.knownOrigin(), keys.log().get(1)).verifier();
      Optional<ProvenRotation> proven = folder.rotations().to(next);
      try {
        if (proven.isPresent()) {
          proven.get().verify();
          return;
        }
      } catch (RotationRejected e) {
        throw new IOException(String.valueOf(e.getMessage()), e);
      }
      throw new IOException(
          "the log does not say yet that it passes to "
              + next.format()
              + "; start the coordinator once with both keys, then retire the old one");
    }
  }

  @Command(
      name = "revoke",
      mixinStandardHelpOptions = true,
      description = "Takes a key out of use that may be in other hands.",
      subcommands = {RevokeAgent.class, RevokeSeal.class})
  static final class Revoke {}

  @Command(
      name = "agent",
      mixinStandardHelpOptions = true,
      description = {
        "Takes nothing more from an agent's key; what it had logged stays. The log says so. Asks",
        "the running coordinator.",
      })
  static final class RevokeAgent implements Runnable {
    @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();

    @Parameters(paramLabel = "LEAF", description = "Index of the agent's enrolment in the log.")
    private long leaf;

    @Option(
        names = "--reason",
        required = true,
        paramLabel = "WORD",
        description = "A word for the public log, such as stolen or abandoned.")
    private String reason = "";

    @Override
    public void run() {
      long entry =
          Answer.read(
              coordinator
                  .client()
                  .post(
                      "/api/v1/operator/revocations",
                      JsonValue.Obj.of().put("enrolment", leaf).put("reason", reason).build()),
              fields -> fields.integer("leaf", 0, JsonValue.INTEGER_MAX));
      System.out.println("revoked     log entry " + entry);
    }
  }

  @Command(
      name = "seal",
      mixinStandardHelpOptions = true,
      description = {
        "Says in the trust file that a seal was in other hands. Documents under it are refused",
        "from then on, whenever they were sealed: issue them again.",
      })
  static final class RevokeSeal implements Runnable {
    @Mixin private Data data = new Data();

    @Parameters(paramLabel = "FINGERPRINT", description = "SHA-256 of the seal's certificate.")
    private String fingerprint = "";

    @Option(
        names = "--at",
        required = true,
        paramLabel = "TIME",
        description = "Since when, such as 2026-11-20T00:00:00Z.")
    private String at = "";

    @Override
    public void run() {
      try (DataFolder folder = data.stopped()) {
        Hash seal = Hash.parseHex(fingerprint);
        TrustFile before = trust(folder);
        if (SealSettings.in(data.folder()).file(folder.seal()).open().fingerprint().equals(seal)) {
          throw Failure.wrongUse(
              "this seal is in use; draw another first with 'almoner keys rotate seal'");
        }
        List<RevokedSeal> revoked = new ArrayList<>(before.revoked());
        revoked.removeIf(known -> known.fingerprint().equals(seal));
        revoked.add(new RevokedSeal(seal, Instant.parse(at).getEpochSecond()));
        folder.trust().write(before.withRevoked(revoked));
        System.out.println("Publish " + folder.trustFile() + ": it revokes the seal.");
      } catch (DateTimeParseException | IllegalArgumentException e) {
        throw Failure.wrongUse(String.valueOf(e.getMessage()));
      } catch (IOException e) {
        throw Failure.failed(String.valueOf(e.getMessage()));
      }
    }
  }

  private static TrustFile trust(DataFolder folder) throws IOException {
    return folder
        .trust()
        .read()
        .orElseThrow(
            () ->
                Failure.wrongUse(
                    "there is no " + folder.trustFile() + "; start the coordinator once"));
  }
}
