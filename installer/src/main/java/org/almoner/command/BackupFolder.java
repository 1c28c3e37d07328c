package org.almoner.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.almoner.coordinator.backup.Backups;
import org.almoner.coordinator.backup.StoreCopy;
import org.almoner.coordinator.backup.StoreRestore;
import org.almoner.ledger.check.Finding;
import org.almoner.ledger.check.LogCheck;
import org.almoner.ledger.checkpoint.MalformedCheckpoint;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.NoteRejected;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.read.TileDirectory;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonParser;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.tax.register.DurableFile;
import org.almoner.tax.verify.TrustFile;

/** A copy of a coordinator in a folder: what lies where in it, and whether it is whole. */
final class BackupFolder {
  /** The store: rows, batches, the log. */
  static final String STORE = "store";

  /** Names and documents. */
  static final String PRIVATE = "private";

  /** Modules and inputs. */
  static final String BLOBS = "blobs";

  /** Outputs. */
  static final String OUTPUTS = "outputs";

  /** Batches that are over. */
  static final String ARCHIVE = "archive";

  /** Keys, when they were copied too. */
  static final String KEYS = "keys";

  /** What the folder holds; written last. */
  static final String LIST = "backup.json";

  /** Files of the data folder that are copied as they are. */
  static final List<String> FILES =
      List.of("origin", "log.begun", "trust.json", "rotations.json", SettingFiles.STANDARD);

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private static final int VERSION = 1;
  private static final int NOTE_MAX = 1 << 16;
  private static final int TEXT_MAX = 200;

  private final Path folder;

  BackupFolder(Path folder) {
    this.folder = folder;
  }

  Path path() {
    return folder;
  }

  Path part(String name) {
    return folder.resolve(name);
  }

  /**
   * What a copy is of.
   *
   * @param takenMs when it was begun, milliseconds since 1970 UTC
   * @param rows rows in the copy's file, before the batches that were staged meanwhile
   * @param batches those batches
   * @param files blobs and outputs
   * @param withKeys whether the keys lie in it
   */
  record Contents(
      String origin,
      String software,
      long takenMs,
      StoreCopy.Moment moment,
      Hash root,
      long rows,
      long batches,
      long files,
      boolean withKeys) {}

  /** Writes the list, which makes the copy whole. */
  void finish(Contents contents) throws IOException {
    JsonValue.Obj list =
        JsonValue.Obj.of()
            .put("batches", contents.batches())
            .put("checkpoint", contents.moment().checkpoint())
            .put("entries", contents.moment().size())
            .put("epoch", contents.moment().epoch())
            .put("files", contents.files())
            .put("origin", contents.origin())
            .put("root", contents.root().toHex())
            .put("rows", contents.rows())
            .put("software", contents.software())
            .put("takenMs", contents.takenMs())
            .put("version", VERSION)
            .put("withKeys", contents.withKeys())
            .build();
    DurableFile.write(part(LIST), CanonicalJson.encode(list));
    DurableFile.delete(part(Backups.TICKET));
  }

  /** What the folder says it holds; ends the command when it is no whole copy. */
  Contents contents() throws IOException {
    if (Files.exists(part(Backups.TICKET))) {
      throw Failure.failed(
          folder
              + " is a copy that was not finished (it holds the file "
              + Backups.TICKET
              + "); use another, and delete this one");
    }
    byte[] octets;
    try {
      octets = Files.readAllBytes(part(LIST));
    } catch (NoSuchFileException e) {
      throw Failure.wrongUse(folder + " is no copy of a coordinator: there is no " + part(LIST));
    }
    try {
      JsonFields fields = JsonFields.of(JsonParser.parseObject(octets));
      long version = fields.integer("version", 0, Integer.MAX_VALUE);
      if (version != VERSION) {
        throw Failure.failed(part(LIST) + " has version " + version + "; this program reads 1");
      }
      StoreCopy.Moment moment =
          new StoreCopy.Moment(
              fields.integer("epoch", 0, JsonValue.INTEGER_MAX),
              fields.freeText("checkpoint", NOTE_MAX),
              fields.integer("entries", 0, JsonValue.INTEGER_MAX));
      Contents contents =
          new Contents(
              fields.text("origin", TEXT_MAX),
              fields.text("software", TEXT_MAX),
              fields.integer("takenMs", 0, JsonValue.INTEGER_MAX),
              moment,
              fields.parsed("root", Hash::parseHex),
              fields.integer("rows", 0, JsonValue.INTEGER_MAX),
              fields.integer("batches", 0, JsonValue.INTEGER_MAX),
              fields.integer("files", 0, JsonValue.INTEGER_MAX),
              fields.bool("withKeys"));
      fields.end();
      return contents;
    } catch (MalformedJson e) {
      throw Failure.failed(part(LIST) + " is damaged: " + e.getMessage() + "; use another copy");
    }
  }

  /** The keys of the log, as the trust file in the copy names them. */
  List<VerifierKey> logKeys() throws IOException {
    TrustFile trust =
        new PublishedTrust(part("trust.json"))
            .read()
            .orElseThrow(() -> new IOException("there is no " + part("trust.json")));
    return trust.log().verifiers();
  }

  /** The copy's checkpoint, which a key of the log signed. */
  SignedCheckpoint checkpoint(StoreCopy.Moment moment, String origin) throws IOException {
    try {
      return SignedCheckpoint.open(moment.checkpoint(), origin, logKeys());
    } catch (MalformedNote | MalformedCheckpoint | NoteRejected e) {
      throw new IOException(
          "the checkpoint of the copy is not to be believed: " + e.getMessage(), e);
    }
  }

  /** Reads rows and batches to their end. */
  StoreRestore.Held held(StoreCopy.Moment moment) throws IOException {
    return new StoreRestore(part(STORE)).check(moment.epoch());
  }

  /** Hashes every entry of the log in the copy again. */
  void requireLog(SignedCheckpoint checkpoint) throws IOException {
    List<Finding> findings = LogCheck.run(new TileDirectory(part(STORE)), checkpoint);
    if (!findings.isEmpty()) {
      throw Failure.failed(
          "the log in the copy does not hold: " + findings.get(0) + "; use another copy");
    }
  }

  /** The log in the copy. */
  LogReader log() {
    return new LogReader(new TileDirectory(part(STORE)));
  }

  /** Removes nothing; refuses a folder that something is in, or into which others may write. */
  static void requireEmpty(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!Files.isDirectory(folder) || FileTree.all(folder).size() > 1) {
      throw Failure.wrongUse(folder + " is there already and is not empty; name a folder to make");
    }
    if (!Files.getOwner(folder).getName().equals(System.getProperty("user.name"))
        || !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(folder))) {
      throw Failure.wrongUse(
          folder + " is there already and is not for this account alone; name a folder to make");
    }
  }

  /** A line of text in a file. */
  static byte[] line(String text) {
    return (text + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
