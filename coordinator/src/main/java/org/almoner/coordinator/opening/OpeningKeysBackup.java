package org.almoner.coordinator.opening;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.almoner.protocol.bytes.Bytes;

/**
 * Dated copies of the key file, {@code openings-YYYY-MM-DD.keys}, which forget: what was erased is
 * gone from them too once they are {@link #KEPT} old.
 *
 * <p>A copy is never written over by one that lacks a key of it, as after an erasure: the later
 * copy of that day is numbered, {@code openings-YYYY-MM-DD-2.keys} and so on.
 *
 * @param copy the copy just made
 * @param keys how many keys it holds
 * @param removed older copies that were removed
 */
public record OpeningKeysBackup(Path copy, int keys, List<Path> removed) {
  /** How long a copy is kept. */
  public static final Period KEPT = Period.ofDays(30);

  /** Most copies of one day. */
  private static final int COPIES_MAX = 1_000;

  private static final Pattern NAME =
      Pattern.compile("openings-(\\d{4}-\\d{2}-\\d{2})(?:-\\d{1,4})?\\.keys");

  /** Copies the list. */
  public OpeningKeysBackup {
    removed = List.copyOf(removed);
  }

  /**
   * Copies {@code file} to {@code folder}, then removes copies of more than {@link #KEPT} ago;
   * other files there are left alone. The coordinator may run.
   *
   * @throws IOException in one sentence, when there is no whole key file to copy, when a copy in
   *     the folder is another store's or knows later keys, or on a failure: then every copy stays
   */
  public static OpeningKeysBackup make(Path file, Path folder, LocalDate today) throws IOException {
    if (!Files.exists(file)) {
      throw new IOException("there is no key file " + file + "; name the data folder it is in");
    }
    FileKeyShelf.requireOwnerOnly(file);
    Bytes octets = Bytes.of(Files.readAllBytes(file));
    KeyFile read;
    try {
      read = KeyFile.parse(octets);
    } catch (IOException e) {
      throw new IOException("the key file " + file + " " + e.getMessage() + "; it is not copied");
    }
    Files.createDirectories(folder);
    Map<Path, LocalDate> before = copies(folder);
    for (Path each : before.keySet()) {
      requireOlderStateOf(read, file, each);
    }
    Path copy = free(folder, today, read);
    // A coordinator that is appending may have shown a piece by halves.
    write(folder, copy, read.torn() ? read.format() : octets);
    List<Path> removed = new ArrayList<>();
    for (Map.Entry<Path, LocalDate> each : before.entrySet()) {
      if (each.getValue().isBefore(today.minus(KEPT))) {
        Files.delete(each.getKey());
        removed.add(each.getKey());
      }
    }
    FileKeyShelf.sync(folder);
    return new OpeningKeysBackup(copy, read.keys().size(), removed);
  }

  /** Durable and whole on return, read back from where it is. */
  private static void write(Path folder, Path copy, Bytes octets) throws IOException {
    Path unfinished = folder.resolve("." + copy.getFileName() + ".tmp");
    FileKeyShelf.writeNew(unfinished, octets);
    if (!Bytes.of(Files.readAllBytes(unfinished)).equals(octets)) {
      throw new IOException(
          unfinished + " is not what was written to it; copy to another disk, this one fails");
    }
    Files.move(unfinished, copy, StandardCopyOption.ATOMIC_MOVE);
    FileKeyShelf.sync(folder);
  }

  private static void requireOlderStateOf(KeyFile read, Path file, Path copy) throws IOException {
    Optional<KeyFile> known = known(copy);
    if (known.isEmpty()) {
      return; // a damaged copy says nothing, and is not written over
    }
    if (!known.get().ring().equals(read.ring())) {
      throw new IOException(
          copy
              + " is a copy of another store's keys; name a folder for the copies of "
              + file
              + " alone");
    }
    if (known.get().next() > read.next()) {
      throw new IOException(
          "the key file "
              + file
              + " ends before key "
              + read.next()
              + ", and "
              + copy
              + " goes on to key "
              + known.get().next()
              + ": keys are missing; it is not copied, find out why before you put the copy back");
    }
  }

  private static Optional<KeyFile> known(Path copy) throws IOException {
    Bytes octets = Bytes.of(Files.readAllBytes(copy));
    try {
      return Optional.of(KeyFile.parse(octets));
    } catch (IOException damaged) {
      return Optional.empty();
    }
  }

  /** The first name of the day that is free, or whose copy has no key that the new one lacks. */
  private static Path free(Path folder, LocalDate today, KeyFile read) throws IOException {
    for (int n = 1; n <= COPIES_MAX; n++) {
      Path copy = folder.resolve("openings-" + today + (n == 1 ? "" : "-" + n) + ".keys");
      if (!Files.exists(copy) || known(copy).filter(read::holdsAllOf).isPresent()) {
        return copy;
      }
    }
    throw new IOException(
        folder + " has " + COPIES_MAX + " copies of " + today + "; name another folder");
  }

  private static Map<Path, LocalDate> copies(Path folder) throws IOException {
    Map<Path, LocalDate> copies = new TreeMap<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path each : all.toList()) {
        Matcher name = NAME.matcher(each.getFileName().toString());
        if (name.matches()) {
          date(name.group(1)).ifPresent(date -> copies.put(each, date));
        }
      }
    }
    return copies;
  }

  private static Optional<LocalDate> date(String date) {
    try {
      return Optional.of(LocalDate.parse(date));
    } catch (DateTimeParseException e) {
      return Optional.empty(); // not one of ours
    }
  }
}
