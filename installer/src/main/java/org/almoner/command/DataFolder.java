package org.almoner.command;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.almoner.coordinator.opening.FileKeyShelf;
import org.almoner.protocol.bytes.Hash;
import org.almoner.tax.register.DurableFile;

/** A coordinator's data folder: what lies where, and who works in it. */
final class DataFolder implements AutoCloseable {
  private static final int TOKEN_BYTES = 32;
  private static final int ORIGIN_BYTES = 4;

  private final Path folder;
  private final FileChannel lock;

  private DataFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /** Opens the folder, made when missing; one coordinator at a time. */
  static DataFolder open(Path folder) throws IOException {
    DurableFile.privateFolder(folder);
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return new DataFolder(folder, channel);
      }
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw inUse(folder);
    }
    channel.close();
    throw inUse(folder);
  }

  private static Failure inUse(Path folder) {
    return Failure.failed(
        "a coordinator runs on " + folder + " already; stop it, or choose another folder");
  }

  Path store() {
    return folder.resolve("store");
  }

  Path keys() {
    return folder.resolve("keys");
  }

  Path seal() {
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

  Path outputs() {
    return folder.resolve("outputs");
  }

  Path donors() {
    return folder.resolve("private").resolve("donors");
  }

  Path register() {
    return folder.resolve("private").resolve("register");
  }

  Path trustFile() {
    return folder.resolve("trust.json");
  }

  Path operatorToken() {
    return folder.resolve("operator.token");
  }

  /** Says where the coordinator listens, for the operator's other commands. */
  void listening(String url) throws IOException {
    DurableFile.write(folder.resolve("coordinator.url"), line(url));
  }

  /** The log's name: as first given, or drawn; another one later is refused. */
  String origin(String wanted, SecureRandom random) throws IOException {
    Path file = folder.resolve("origin");
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
                + ", or choose another folder");
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
    String token = Files.readString(operatorToken(), StandardCharsets.UTF_8).strip();
    return Hash.sha256(token.getBytes(StandardCharsets.UTF_8));
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
