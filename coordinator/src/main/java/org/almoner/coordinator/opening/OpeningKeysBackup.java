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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.almoner.protocol.bytes.Bytes;

/**
 * Dated copies of the key file, {@code openings-YYYY-MM-DD.keys}, which forget: what was erased is
 * gone from them too once they are {@link #KEPT} old.
 *
 * @param copy the copy just made
 * @param keys how many keys it holds
 * @param removed older copies that were removed
 */
public record OpeningKeysBackup(Path copy, int keys, List<Path> removed) {
  /** How long a copy is kept. */
  public static final Period KEPT = Period.ofDays(30);

  private static final Pattern NAME = Pattern.compile("openings-(\\d{4}-\\d{2}-\\d{2})\\.keys");

  /** Copies the list. */
  public OpeningKeysBackup {
    removed = List.copyOf(removed);
  }

  /**
   * Copies {@code file} to {@code folder}, in place of a copy of the same day, and removes copies
   * of more than {@link #KEPT} ago; other files there are left alone. The coordinator may run.
   *
   * @throws IOException in one sentence, when there is no whole key file to copy, or on a failure
   */
  public static OpeningKeysBackup make(Path file, Path folder, LocalDate today) throws IOException {
    if (!Files.exists(file)) {
      throw new IOException("there is no key file " + file + "; name the data folder it is in");
    }
    FileKeyShelf.requireOwnerOnly(file);
    Bytes octets = Bytes.of(Files.readAllBytes(file));
    KeyFile read;
    try {
      read = KeyFile.parse(octets, 0);
    } catch (IOException e) {
      throw new IOException("the key file " + file + " " + e.getMessage() + "; it is not copied");
    }
    Files.createDirectories(folder);
    Path copy = folder.resolve("openings-" + today + ".keys");
    Path unfinished = folder.resolve("." + copy.getFileName() + ".tmp");
    // A coordinator that is appending may have shown a piece by halves.
    FileKeyShelf.writeNew(unfinished, read.torn() ? read.format() : octets);
    Files.move(unfinished, copy, StandardCopyOption.ATOMIC_MOVE);
    List<Path> removed = old(folder, today.minus(KEPT));
    for (Path each : removed) {
      Files.delete(each);
    }
    FileKeyShelf.sync(folder);
    return new OpeningKeysBackup(copy, read.keys().size(), removed);
  }

  private static List<Path> old(Path folder, LocalDate before) throws IOException {
    List<Path> old = new ArrayList<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path each : all.sorted().toList()) {
        Matcher name = NAME.matcher(each.getFileName().toString());
        if (name.matches() && isBefore(name.group(1), before)) {
          old.add(each);
        }
      }
    }
    return old;
  }

  private static boolean isBefore(String date, LocalDate before) {
    try {
      return LocalDate.parse(date).isBefore(before);
    } catch (DateTimeParseException e) {
      return false; // not one of ours
    }
  }
}
