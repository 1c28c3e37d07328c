package org.almoner.command;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.almoner.coordinator.opening.FileKeyShelf;
import org.almoner.ledger.rotation.Rotations;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.tax.register.DurableFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A coordinator's data folder: what lies where, and who works in it. */
final class DataFolder implements AutoCloseable {
  /** File of the log's name. */
  static final String ORIGIN = "origin";

  /** File that says a log was begun here. */
  static final String BEGUN = "log.begun";

  private static final String CLOSED = "log.closed";

  /** File that says that this folder's log is a copy that may lack lines. */
  private static final String BEHIND = "log.behind";

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");
  private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);
  private static final int TOKEN_BYTES = 32;
  private static final int ORIGIN_BYTES = 4;

  private final Path folder;
  private final FileChannel lock;

  private DataFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Opens the folder, made when missing; one coordinator at a time. It and what lies in it are for
   * this account alone: an older folder that others may read is made so.
   *
   * @throws Failure when others may read the folder and it is no coordinator's: it may be anything
   */
  static DataFolder open(Path folder) throws IOException {
    DurableFile.privateFolder(folder);
    requireOwn(folder);
    makePrivate(folder);
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        DataFolder data = new DataFolder(folder, channel);
        data.makePartsPrivate();
        return data;
      }
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw inUse(folder);
    }
    channel.close();
    throw inUse(folder);
  }

  private static void requireOwn(Path folder) throws IOException {
    Set<PosixFilePermission> mode = Files.getPosixFilePermissions(folder);
    if (OWNER_ONLY.containsAll(mode) || Files.exists(folder.resolve(ORIGIN)) || isEmpty(folder)) {
      return;
    }
    throw Failure.wrongUse(
        folder
            + " has mode "
            + PosixFilePermissions.toString(mode)
            + ", so that others may read what is in it, and it holds things that are no"
            + " coordinator's; name an empty folder, or run chmod 700 when it is for the"
            + " coordinator alone");
  }

  /** A file of settings may lie there before the first start. */
  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> things = Files.list(folder)) {
      return things.filter(thing -> !thing.endsWith(SettingFiles.STANDARD)).findAny().isEmpty();
    }
  }

  /** The store writes its own files for all to read: their folders must not let others in. */
  private void makePartsPrivate() throws IOException {
    for (Path part :
        List.of(store(), keys(), modulesAndInputs(), outputs(), archives(), privateFiles())) {
      DurableFile.privateFolder(part);
      makePrivate(part);
    }
  }

  private static void makePrivate(Path folder) throws IOException {
    Set<PosixFilePermission> mode = Files.getPosixFilePermissions(folder);
    if (!OWNER_ONLY.containsAll(mode)) {
      Files.setPosixFilePermissions(folder, OWNER_ONLY);
      LOG.atWarn()
          .addKeyValue("folder", folder)
          .addKeyValue("mode", PosixFilePermissions.toString(mode))
          .log("Others could read this folder; from now on only this account can");
    }
  }

  private static Failure inUse(Path folder) {
    return Failure.failed(
        "a coordinator runs on " + folder + " already; stop it, or choose another folder");
  }

  Path store() {
    return folder.resolve("store");
  }

  /** The file that is given up when the disk is all but full, on the disk of the store. */
  Path ballast() {
    return store().resolve("reserve.ballast");
  }

  Path keys() {
    return folder.resolve("keys");
  }

  Path seal() {
    return sealOf(folder);
  }

  /** The seal's file below a data folder, opened or not. */
  static Path sealOf(Path folder) {
    return folder.resolve("keys").resolve("seal.p12");
  }

  Path openingKeys() {
    return openingKeys(folder);
  }

  /** The file of opening keys below a data folder, opened or not. */
  static Path openingKeys(Path folder) {
    return folder.resolve("keys").resolve(FileKeyShelf.FILE);
  }

  Path modulesAndInputs() {
    return folder.resolve("blobs");
  }

  /** What is left of batches that are over. */
  Path archives() {
    return folder.resolve("archive");
  }

  Path outputs() {
    return folder.resolve("outputs");
  }

  /** Names and documents. */
  Path privateFiles() {
    return folder.resolve("private");
  }

  Path donors() {
    return privateFiles().resolve("donors");
  }

  Path register() {
    return privateFiles().resolve("register");
  }

  /** Runs over many donors: what was asked for, and what became of each donor. */
  Path runs() {
    return privateFiles().resolve("runs");
  }

  /** Who else may look at documents and confirm. */
  Path operators() {
    return privateFiles().resolve("operators.json");
  }

  Path trustFile() {
    return folder.resolve("trust.json");
  }

  Path operatorToken() {
    return folder.resolve("operator.token");
  }

  /** How the log of this folder passed from key to key. */
  Rotations rotations() throws IOException {
    if (!Files.exists(rotationsFile())) {
      return Rotations.NONE;
    }
    try {
      return Rotations.parse(Bytes.of(Files.readAllBytes(rotationsFile())));
    } catch (MalformedJson e) {
      throw new IOException(
          rotationsFile()
              + " is damaged: "
              + e.getMessage()
              + "; restore it from a copy, agents that slept need it",
          e);
    }
  }

  void keep(Rotations rotations) throws IOException {
    DurableFile.write(rotationsFile(), rotations.format().toArray());
  }

  private Path rotationsFile() {
    return folder.resolve("rotations.json");
  }

  /** The trust file. */
  PublishedTrust trust() {
    return new PublishedTrust(trustFile());
  }

  /** Whether a coordinator ran here before, so that log and keys must be there. */
  boolean begun() {
    return Files.exists(folder.resolve(BEGUN));
  }

  /** Notes that the log of this folder exists from now on. */
  void begin(String origin) throws IOException {
    if (!begun()) {
      DurableFile.write(folder.resolve(BEGUN), line(origin));
    }
  }

  /** Notes that the log of this folder was closed, and which one follows where. */
  void closeFor(String next, Path nextFolder) throws IOException {
    DurableFile.write(folder.resolve(CLOSED), line(next + " in " + nextFolder));
  }

  /**
   * Notes that this folder was restored from a copy that lacks lines of the log, or may lack some.
   */
  void restoredBehind(String why) throws IOException {
    DurableFile.write(folder.resolve(BEHIND), line(why));
  }

  /** Ends the command when the log of this folder may not be the whole log. */
  private void requireWhole() throws IOException {
    Path file = folder.resolve(BEHIND);
    if (Files.exists(file)) {
      throw Failure.wrongUse(
          folder
              + " was restored from a copy, and "
              + Files.readString(file, StandardCharsets.UTF_8).strip()
              + ". Going on under the same name would sign two histories, which agents, mirrors and"
              + " witnesses refuse: begin a new log with 'almoner keys succeed --data "
              + folder
              + " --reason lost', see docs/reference/backup.md");
    }
  }

  /** Ends the command when the log of this folder was closed: nothing may be added to it. */
  void requireOpen() throws IOException {
    requireWhole();
    Path file = folder.resolve(CLOSED);
    if (Files.exists(file)) {
      throw Failure.wrongUse(
          "the log in "
              + folder
              + " was closed by 'almoner keys succeed'; the log "
              + Files.readString(file, StandardCharsets.UTF_8).strip()
              + " follows it, serve that folder");
    }
  }

  /** Ends the command when no coordinator ever ran here; otherwise the log's name. */
  String knownOrigin() throws IOException {
    Path file = folder.resolve(ORIGIN);
    if (!Files.exists(file)) {
      throw noCoordinator(folder);
    }
    return Files.readString(file, StandardCharsets.UTF_8).strip();
  }

  /** Opens the folder of a coordinator that ran before and does not run now. */
  static DataFolder openStopped(Path folder) throws IOException {
    if (!Files.exists(folder.resolve(ORIGIN))) {
      throw noCoordinator(folder);
    }
    return open(folder);
  }

  private static Failure noCoordinator(Path folder) {
    return Failure.wrongUse(
        "no coordinator ever ran on " + folder + "; name its data folder with --data");
  }

  /** Says where the coordinator listens, for the operator's other commands. */
  void listening(String url) throws IOException {
    DurableFile.write(folder.resolve("coordinator.url"), line(url));
  }

  /** The log's name: as first given, or drawn; another one later is refused. */
  String origin(String wanted, SecureRandom random) throws IOException {
    Path file = folder.resolve(ORIGIN);
    if (Files.exists(file)) {
      String known = Files.readString(file, StandardCharsets.UTF_8).strip();
      if (!wanted.isEmpty() && !wanted.equals(known)) {
        throw Failure.wrongUse(
            "the log in "
                + folder
                + " is named "
                + known
                + " for ever; leave out --origin "
                + wanted
                + " wherever it is set, or choose another folder");
      }
      return known;
    }
    String origin = wanted.isEmpty() ? "almoner.local/" + hex(random, ORIGIN_BYTES) : wanted;
    DurableFile.write(file, line(origin));
    return origin;
  }

  /** SHA-256 of the operator's token, which is drawn at the first start. */
  Hash operatorTokenDigest(SecureRandom random) throws IOException {
    if (!Files.exists(operatorToken())) {
      DurableFile.write(operatorToken(), line(hex(random, TOKEN_BYTES)));
    }
    requirePrivate(operatorToken());
    String token = Files.readString(operatorToken(), StandardCharsets.UTF_8).strip();
    return Hash.sha256(token.getBytes(StandardCharsets.UTF_8));
  }

  private static void requirePrivate(Path token) throws IOException {
    Set<PosixFilePermission> mode = Files.getPosixFilePermissions(token);
    if (mode.stream().anyMatch(permission -> !permission.name().startsWith("OWNER_"))) {
      throw new IOException(
          token
              + " has mode "
              + PosixFilePermissions.toString(mode)
              + " and may have been read by others; delete it, so that another is drawn, or run"
              + " chmod 600 when you are sure that nobody did");
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }

  private static byte[] line(String text) {
    return (text + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static String hex(SecureRandom random, int bytes) {
    byte[] drawn = new byte[bytes];
    random.nextBytes(drawn);
    return HexFormat.of().formatHex(drawn);
  }
}
