package org.almoner.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
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
 * <p>A log is its origin and its key: the file's name has both, so that another log of the same
 * name never takes its place.
 */
final class SeenLog {
  private final Path file;
  private final VerifierKey key;

  SeenLog(Path folder, VerifierKey key) {
    String[] parts = key.format().split("\\+", 3); // name, key id, key
    String name = parts[0].replaceAll("[^A-Za-z0-9.-]", "_") + "." + parts[1];
    this.file = folder.resolve(name + ".checkpoint");
    this.key = key;
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
    Optional<SignedCheckpoint> before = seen();
    if (before.isEmpty()) {
      return Optional.empty();
    }
    Checkpoint held = before.get().checkpoint();
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

  private String kept(SignedCheckpoint now) throws IOException {
    String note = now.format();
    String digest = Hash.sha256(note.getBytes(StandardCharsets.UTF_8)).toHex();
    Path beside =
        file.resolveSibling(file.getFileName() + ".contradicts." + digest.substring(0, 16));
    write(beside, note);
    return "; both notes, signed by one key, are kept: " + file + " and " + beside;
  }

  /** Remembers a checkpoint whose log was checked and holds. */
  void remember(SignedCheckpoint now) throws IOException {
    write(file, now.format());
  }

  private Optional<SignedCheckpoint> seen() throws IOException {
    try {
      return Optional.of(SignedCheckpoint.open(Files.readString(file), key.name(), List.of(key)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (MalformedNote | MalformedCheckpoint | NoteRejected e) {
      throw Failure.failed(
          file
              + ", the checkpoint seen last, is damaged: "
              + e.getMessage()
              + "; move it away to begin anew, or name another folder with --state");
    }
  }

  private static void write(Path file, String note) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path beside = file.resolveSibling(file.getFileName() + ".tmp");
    Files.write(beside, note.getBytes(StandardCharsets.UTF_8));
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
