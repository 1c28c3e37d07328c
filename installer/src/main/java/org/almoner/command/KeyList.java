package org.almoner.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.almoner.coordinator.keys.Keys;
import org.almoner.coordinator.keys.SeedFile;
import org.almoner.coordinator.opening.FileKeyShelf;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.protocol.bytes.Hash;
import org.almoner.tax.seal.SealFile;
import org.almoner.tax.seal.SealKey;
import org.almoner.tax.verify.BelievedKey;

/** Reads what keys lie in a data folder, without asking a coordinator and without its lock. */
final class KeyList {
  private static final String SEAL = "seal.p12";
  private static final Set<String> NAMED =
      Set.of(Keys.LOG_FILE, Keys.NEXT_LOG_FILE, Keys.COORDINATOR_FILE, SEAL, FileKeyShelf.FILE);
  private static final String TOKEN = "operator.token";
  private static final String WITNESS = "witness.seed";

  private final Path folder;
  private final List<KeyOnDisk> keys = new ArrayList<>();

  private KeyList(Path folder) {
    this.folder = folder;
  }

  /** The keys of a coordinator or a witness. */
  static List<KeyOnDisk> of(Path folder) {
    try {
      KeyList list = new KeyList(folder);
      boolean coordinator = Files.exists(folder.resolve(DataFolder.ORIGIN));
      if (coordinator) {
        list.coordinator();
      }
      if (Files.exists(folder.resolve(WITNESS))) {
        list.add("witness key", folder.resolve(WITNESS), KeyUse.WITNESS, KeyList::publicKey);
      } else if (!coordinator) {
        throw Failure.wrongUse(
            "no coordinator and no witness ever ran on " + folder + "; name its data folder");
      }
      return list.keys;
    } catch (IOException e) {
      throw Failure.failed("the keys in " + folder + " cannot be listed: " + e);
    }
  }

  /** What the world knows a key by. */
  @FunctionalInterface
  private interface Identity {
    String of(Path file) throws IOException;
  }

  private void coordinator() throws IOException {
    String origin = Files.readString(folder.resolve(DataFolder.ORIGIN)).strip();
    Path seeds = folder.resolve("keys");
    Identity logKey = file -> new VerifierKey(origin, SeedFile.publicKey(file)).format();
    add("log key", seeds.resolve(Keys.LOG_FILE), KeyUse.LOG, logKey);
    if (Files.exists(seeds.resolve(Keys.NEXT_LOG_FILE))) {
      add("next log key", seeds.resolve(Keys.NEXT_LOG_FILE), KeyUse.NEXT_LOG, logKey);
    }
    retired();
    add(
        "coordinator key",
        seeds.resolve(Keys.COORDINATOR_FILE),
        KeyUse.COORDINATOR,
        KeyList::publicKey);
    SealFile seal = seal(seeds.resolve(SEAL));
    add("seal", seal.path(), KeyUse.SEAL, file -> "SHA-256 " + seal.open().fingerprint());
    Path openings = DataFolder.openingKeys(folder);
    if (Files.exists(openings) || Files.exists(folder.resolve(DataFolder.BEGUN))) {
      add("opening keys", openings, KeyUse.OPENINGS, file -> "");
    }
    for (Path file : files(seeds)) {
      String name = file.getFileName().toString();
      if (name.matches("seal\\.[0-9a-f]{64}\\.p12")) {
        add("former seal", file, KeyUse.OLD_SEAL, KeyList::fingerprint);
      } else if (!NAMED.contains(name)) {
        add("other file", file, KeyUse.OTHER, f -> "");
      }
    }
    add("operator token", folder.resolve(TOKEN), KeyUse.TOKEN, KeyList::digest);
  }

  /** The seal that the settings name, or Almoner's own. */
  private SealFile seal(Path own) throws IOException {
    return SealSettings.in(folder).file(own);
  }

  /** Keys that the trust file names and no file holds. */
  private void retired() throws IOException {
    List<String> held = keys.stream().map(KeyOnDisk::id).toList();
    new PublishedTrust(folder.resolve("trust.json"))
        .read()
        .ifPresent(
            trust -> {
              for (BelievedKey key : trust.log().keys()) {
                String id = key.key().format();
                if (!held.contains(id)) {
                  keys.add(
                      new KeyOnDisk("retired log key", "no file", "", "", id, "", KeyUse.OLD_LOG));
                }
              }
            });
  }

  private void add(String what, Path file, KeyUse use, Identity identity) throws IOException {
    try {
      Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
      Instant made = Files.getLastModifiedTime(file).toInstant();
      keys.add(
          new KeyOnDisk(
              what,
              file.toString(),
              PosixFilePermissions.toString(mode),
              fault(file, mode),
              id(file, identity),
              made.atZone(ZoneOffset.UTC).toLocalDate().toString(),
              use));
    } catch (NoSuchFileException e) {
      keys.add(
          new KeyOnDisk(
              what, file.toString(), "missing", "the file is missing: " + use.lost(), "", "", use));
    }
  }

  private static String fault(Path file, Set<PosixFilePermission> mode) {
    boolean others = mode.stream().anyMatch(permission -> !permission.name().startsWith("OWNER_"));
    return others
        ? "others may have read it; replace the key, or run chmod 600 "
            + file
            + " when you are sure that nobody did"
        : "";
  }

  private static String id(Path file, Identity identity) {
    try {
      return identity.of(file);
    } catch (IOException e) {
      return "cannot be told: " + e.getMessage();
    }
  }

  private static String publicKey(Path file) throws IOException {
    return HexFormat.of().formatHex(SeedFile.publicKey(file).toArray());
  }

  private static String fingerprint(Path file) throws IOException {
    return "SHA-256 " + SealKey.open(file).fingerprint();
  }

  /** A token is no key: its hash tells two apart and opens nothing. */
  private static String digest(Path file) throws IOException {
    return "SHA-256 " + Hash.sha256(Files.readAllBytes(file)).toHex().substring(0, 16) + "...";
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
