package org.almoner.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.almoner.ledger.append.DurableFiles;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.MalformedCheckpoint;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.NoteRejected;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.read.TileUnreadable;
import org.almoner.ledger.tree.ProofRejected;
import org.almoner.protocol.bytes.Hash;

/**
 * The last checkpoint that somebody on this computer saw of a log, a small file for each log in one
 * folder.
 *
 * <p>A log is its origin and its first key: the file's name has both, so that another log of the
 * same name never takes its place.
 */
final class SeenLog {
  private final Path file;

  /** The one seen last, or none. */
  private final List<SignedCheckpoint> before;

  private SeenLog(Path file, List<SignedCheckpoint> before) {
    this.file = file;
    this.before = before;
  }

  /** Reads what was seen, or ends the command with a sentence about the file that holds it. */
  static SeenLog open(Path folder, List<VerifierKey> keys) {
    String[] parts = keys.get(0).format().split("\\+", 3); // name, key id, key
    String name = parts[0].replaceAll("[^A-Za-z0-9.-]", "_") + "." + parts[1];
    Path file = folder.resolve(name + ".checkpoint");
    try {
      String note = Files.readString(file);
      return new SeenLog(file, List.of(SignedCheckpoint.open(note, keys.get(0).name(), keys)));
    } catch (NoSuchFileException e) {
      return new SeenLog(file, List.of());
    } catch (IOException | MalformedNote | MalformedCheckpoint | NoteRejected e) {
      throw Failure.failed(
          file
              + ", the checkpoint seen last, cannot be read: "
              + e.getMessage()
              + "; move it away to begin anew, or name another folder with --state");
    }
  }

  /**
   * What is wrong with the log as it is now, held against what was seen; nothing when it contains
   * that or is new. A note that contradicts the one seen is kept beside it, each under a name of
   * its own.
   *
   * @param whole whether a check of the log found nothing, so that its tiles are what its note
   *     signs
   */
  Optional<String> contradiction(LogReader reader, SignedCheckpoint now, boolean whole)
      throws IOException {
    if (before.isEmpty()) {
      return Optional.empty();
    }
    Checkpoint held = before.get(0).checkpoint();
    Checkpoint shown = now.checkpoint();
    try {
      if (shown.size() < held.size()) {
        return Optional.of(
            "the log is smaller than this computer saw it: it has "
                + shown.size()
                + " entries, and had "
                + held.size()
                + " when last checked"
                + "; it lost entries, or this is an old copy of it"
                + kept(now));
      }
      reader
          .consistency(held.size(), shown.size())
          .verify(held.size(), held.root(), shown.size(), shown.root());
      return Optional.empty();
    } catch (ProofRejected | TileUnreadable e) {
      return Optional.of(
          "the log does not contain what this computer saw of it: "
              + e.getMessage()
              + (whole
                  ? "; it was rewritten, or shows others something else"
                  : "; what was read is damaged, which may be why")
              + kept(now));
    }
  }

  private String kept(SignedCheckpoint now) {
    String note = now.format();
    String digest = Hash.sha256(note.getBytes(StandardCharsets.UTF_8)).toHex();
    Path beside =
        file.resolveSibling(file.getFileName() + ".contradicts." + digest.substring(0, 16));
    try {
      write(beside, note);
      return "; both notes, signed by one key, are kept: " + file + " and " + beside;
    } catch (IOException e) {
      return "; its note could not be kept beside " + file + " (" + e + "): save it yourself";
    }
  }

  /**
   * Remembers a checkpoint whose log was checked and holds; says in a sentence when that was not
   * possible, which is no fault of the log's.
   */
  Optional<String> remember(SignedCheckpoint now) {
    try {
      write(file, now.format());
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          "the log's checkpoint could not be remembered in "
              + file
              + " ("
              + e
              + "); name another folder with --state");
    }
  }

  private static void write(Path file, String note) throws IOException {
    DurableFiles.write(Map.of(file.toAbsolutePath(), note.getBytes(StandardCharsets.UTF_8)));
  }
}
