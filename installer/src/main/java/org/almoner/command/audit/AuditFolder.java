package org.almoner.command.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.almoner.ledger.audit.ErasedLeaves;
import org.almoner.ledger.sample.Dice;
import org.almoner.ledger.sample.MalformedDice;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.tax.register.DurableFile;

/**
 * Everything of one audit, in a folder that its auditor alone reads: how it began, the dice, what
 * each line came to, the report. An audit that was broken off goes on from here.
 */
public final class AuditFolder {
  private static final String BEGUN = "begun.json";
  private static final String DICE = "dice.txt";
  private static final String ERASED_SALT = "erased.salt";
  private static final String TRUST = "trust.json";

  private final Path folder;

  private AuditFolder(Path folder) {
    this.folder = folder;
  }

  /** A new folder, or an empty one. */
  public static AuditFolder make(Path folder) throws IOException, AuditStopped {
    Path place = folder.toAbsolutePath().normalize();
    if (Files.exists(place)) {
      if (!Files.isDirectory(place)) {
        throw AuditStopped.misused(folder + " is no folder; name a new one for this audit");
      }
      try (Stream<Path> files = Files.list(place)) {
        if (files.findAny().isPresent()) {
          throw AuditStopped.misused(
              folder + " holds something already; each audit has a new folder of its own");
        }
      }
    }
    DurableFile.privateFolder(place);
    return new AuditFolder(place);
  }

  /** The folder of an audit that was begun. */
  public static AuditFolder open(Path folder) throws AuditStopped {
    Path place = folder.toAbsolutePath().normalize();
    if (!Files.isRegularFile(place.resolve(BEGUN))) {
      throw AuditStopped.misused(
          "no audit was begun in " + folder + "; 'almoner audit begin --to " + folder + "' does");
    }
    return new AuditFolder(place);
  }

  /**
   * Keeps the operator's list of erased lines, as it is before the dice fall, and the salt of what
   * is published of it.
   */
  public void keep(ErasedLeaves erased, Hash salt) throws IOException {
    DurableFile.write(folder.resolve(ERASED_SALT), ascii(salt.toHex() + "\n"));
    keep(erased);
  }

  /** Keeps which of the drawn lines another audit had on its list. */
  public void keep(ErasedLeaves erased) throws IOException {
    DurableFile.write(folder.resolve(ErasedLeaves.FILE), erased.octets().toArray());
  }

  /** The list that was kept before the dice fell. */
  ErasedLeaves erased() throws IOException, AuditStopped {
    Path file = folder.resolve(ErasedLeaves.FILE);
    ErasedLeaves list;
    try {
      list = ErasedLeaves.parse(Bytes.of(Files.readAllBytes(file)));
      Path salt = folder.resolve(ERASED_SALT);
      if (!begun().repeats()
          && !ErasedPledge.of(list, Hash.parseHex(Files.readString(salt).strip()))
              .equals(begun().erased())) {
        throw begunAnew(file, "it is not the list with which the audit began");
      }
    } catch (MalformedJson | IllegalArgumentException | NoSuchFileException e) {
      throw begunAnew(file, String.valueOf(e.getMessage()));
    }
    return list;
  }

  /** Keeps how the audit began, with the trust file that it relies on; done last. */
  public void begin(Begun begun, byte[] trust) throws IOException {
    DurableFile.write(folder.resolve(TRUST), trust);
    write(folder.resolve(BEGUN), begun.toJson());
  }

  /** How the audit began. */
  public Begun begun() throws IOException, AuditStopped {
    return read(folder.resolve(BEGUN), Begun::parse);
  }

  /** Whom the audit believes. */
  public Path trustFile() {
    return folder.resolve(TRUST);
  }

  /** Where compiled modules are kept from one run to the next. */
  public Path compiled() {
    return place("compiled");
  }

  /** The dice, once they were given. */
  public Optional<Dice> dice() throws IOException, AuditStopped {
    try {
      return Optional.of(Dice.parse(Files.readString(folder.resolve(DICE))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (MalformedDice e) {
      throw damaged(folder.resolve(DICE), String.valueOf(e.getMessage()));
    }
  }

  /** Keeps the dice. Others given later are refused: whoever may roll again chooses the lines. */
  public void keep(Dice dice) throws IOException, AuditStopped {
    Optional<Dice> before = dice();
    if (before.isEmpty()) {
      DurableFile.write(folder.resolve(DICE), ascii(dice.rolls() + "\n"));
    } else if (!before.get().equals(dice)) {
      throw AuditStopped.misused(
          "this audit has its dice, "
              + before.get().rolls()
              + ", and keeps them; other dice are another audit, which begins with a checkpoint of"
              + " its own");
    }
  }

  Optional<LineResult> line(long leaf) throws IOException, AuditStopped {
    Path file = lineFile(leaf);
    return Files.exists(file) ? Optional.of(read(file, LineResult::parse)) : Optional.empty();
  }

  void keep(LineResult result) throws IOException {
    DurableFile.privateFolder(folder.resolve("lines"));
    write(lineFile(result.leaf()), result.toJson());
  }

  /** Keeps a report under its name; returns the file. */
  Path keep(String name, byte[] report) throws IOException {
    Path file = folder.resolve(name);
    DurableFile.write(file, report);
    return file;
  }

  /** A place for files that may be made again. */
  Path place(String name) {
    return folder.resolve(name);
  }

  private Path lineFile(long leaf) {
    return folder.resolve("lines").resolve(leaf + ".json");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static void write(Path file, JsonValue json) throws IOException {
    DurableFile.write(file, CanonicalJson.encode(json));
  }

  private interface Reading<T> {
    T of(JsonFields fields) throws MalformedJson;
  }

  private static <T> T read(Path file, Reading<T> reading) throws IOException, AuditStopped {
    try {
      return reading.of(JsonFields.of(CanonicalJson.parse(Files.readAllBytes(file))));
    } catch (MalformedJson e) {
      throw damaged(file, String.valueOf(e.getMessage()));
    }
  }

  private static AuditStopped begunAnew(Path file, String why) {
    return AuditStopped.because(
        file + " is not what was kept before the dice fell: " + why + "; begin anew");
  }

  private static AuditStopped damaged(Path file, String why) {
    return AuditStopped.because(
        file + " is damaged: " + why + "; move it away to have it made again, or begin anew");
  }
}
