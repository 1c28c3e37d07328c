package org.almoner.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.almoner.ledger.append.DurableFiles;
import org.almoner.ledger.check.Finding;
import org.almoner.ledger.check.LogCheck;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.entry.KeyRotation;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.read.TileDirectory;
import org.almoner.ledger.rotation.ProvenRotation;
import org.almoner.ledger.rotation.RotationRejected;
import org.almoner.ledger.rotation.Rotations;
import org.almoner.ledger.tile.TilePath;
import org.almoner.ledger.tree.ProofRejected;

/**
 * A copy of a public log in a folder, that only ever grows.
 *
 * <p>What is copied is checked whole before its checkpoint takes the place of the one before. A log
 * that no longer contains what the folder holds is refused, and its checkpoint kept beside ours:
 * the two together show that its operator signed two histories.
 */
final class LogMirror {
  /** Name of the checkpoint in the folder. */
  static final String CHECKPOINT = "checkpoint";

  /** Name of a checkpoint that contradicts it. */
  static final String CONTRADICTION = "checkpoint.contradicts";

  /** Files that are fetched before they are written. */
  private static final int FILES_AT_ONCE = 256;

  /** Octets that are fetched before they are written. */
  private static final long OCTETS_AT_ONCE = 16L << 20;

  private final LogSource source;
  private final Path folder;
  private final Terminal terminal;
  private final InstantSource clock;

  /** What was fetched and is not written yet. */
  private final Map<Path, byte[]> fetched = new LinkedHashMap<>();

  private long fetchedOctets;

  LogMirror(LogSource source, Path folder, Terminal terminal, InstantSource clock) {
    this.source = source;
    this.folder = folder;
    this.terminal = terminal;
    this.clock = clock;
  }

  /**
   * Brings the copy up to {@code now}.
   *
   * @param before the checkpoint of the copy as it is, none when it is new
   * @return what is wrong with the log; when anything is, the copy keeps its checkpoint
   */
  List<Finding> update(SignedCheckpoint now, List<SignedCheckpoint> before) throws IOException {
    Files.createDirectories(folder);
    for (SignedCheckpoint known : before) {
      requireGrown(known.checkpoint(), now.checkpoint());
    }
    List<Path> added = copyTiles(now.checkpoint().size());
    LogProgress checked = progress("checked", now.checkpoint().size());
    List<Finding> findings =
        LogCheck.run(new TileDirectory(folder), now, (index, octets) -> checked.at(index))
            .findings();
    terminal.clear();
    if (findings.isEmpty()) {
      copyRotations(now.checkpoint());
      write(folder.resolve(CHECKPOINT), source.checkpoint().getBytes(StandardCharsets.UTF_8));
      return findings;
    }
    for (Path file : added) { // so that they are asked for again
      Files.delete(file);
    }
    return findings;
  }

  private void requireGrown(Checkpoint known, Checkpoint now) throws IOException {
    try {
      if (now.size() < known.size()) {
        throw new ProofRejected("it has " + now.size() + " entries, the copy " + known.size());
      }
      new LogReader(source.tiles())
          .consistency(known.size(), now.size())
          .verify(known.size(), known.root(), now.size(), now.root());
    } catch (ProofRejected e) {
      Path beside = folder.resolve(CONTRADICTION);
      write(beside, source.checkpoint().getBytes(StandardCharsets.UTF_8));
      throw Failure.failed(
          "the log does not contain what this copy holds: "
              + e.getMessage()
              + "; keep "
              + folder.resolve(CHECKPOINT)
              + " and "
              + beside
              + ": signed by one key, they show it to anyone");
    }
  }

  /**
   * Copies how the log passed from key to key, each step proved, before the checkpoint that perhaps
   * the newest key alone signed. A step that is younger than {@code now} waits for the next time.
   */
  private void copyRotations(Checkpoint now) throws IOException {
    Rotations had = LogSource.rotations(folder);
    Rotations proved = Rotations.NONE;
    LogReader copy = new LogReader(new TileDirectory(folder));
    try {
      for (ProvenRotation rotation : source.rotations().read().all()) {
        Checkpoint under = rotation.verify().checkpoint();
        if (!under.origin().equals(now.origin())) {
          throw new ProofRejected("it is of log " + under.origin() + ", not of " + now.origin());
        }
        if (under.size() > now.size()) {
          break;
        }
        PassedKey.requireOneHistory(copy, under, now);
        proved = proved.with(rotation);
      }
    } catch (RotationRejected | ProofRejected e) {
      throw Failure.failed(
          "how the log passed to another key is not proved: "
              + e.getMessage()
              + "; the copy stays as it was");
    }
    List<KeyRotation> steps = steps(proved);
    if (steps.size() < had.all().size() || !steps.subList(0, had.all().size()).equals(steps(had))) {
      throw Failure.failed(
          "the log no longer says how it passed to the keys that this copy knows ("
              + had.all().size()
              + " steps here, "
              + steps.size()
              + " there); the copy stays as it was, and "
              + folder.resolve(LogSource.ROTATIONS)
              + " can be given back to the log");
    }
    if (!steps.isEmpty() && !proved.equals(had)) {
      write(folder.resolve(LogSource.ROTATIONS), proved.format().toArray());
    }
  }

  private static List<KeyRotation> steps(Rotations rotations) {
    return rotations.all().stream().map(ProvenRotation::rotation).toList();
  }

  private LogProgress progress(String done, long size) {
    return new LogProgress(done, terminal, clock, size);
  }

  /** Copies what is missing; returns the files it made. */
  private List<Path> copyTiles(long size) throws IOException {
    List<Path> added = new ArrayList<>();
    LogProgress copied = progress("copied", size);
    try {
      for (long item = 0; item < size; item += TilePath.FULL) {
        copied.at(item);
        copy(TilePath.ENTRIES, item, size, added);
        copy(0, item, size, added);
      }
      for (int level = 1; TilePath.count(level, size) > 0; level++) {
        for (long item = 0; item < TilePath.count(level, size); item += TilePath.FULL) {
          copy(level, item, size, added);
        }
      }
    } finally {
      flush(added); // also what came before the log could not be read any more
    }
    terminal.clear();
    return added;
  }

  private void copy(int level, long item, long size, List<Path> added) throws IOException {
    TilePath path = TilePath.holding(level, item, size).orElseThrow();
    Path file = folder.resolve(path.toString());
    if (!Files.exists(file)) {
      byte[] octets =
          source
              .tiles()
              .find(path)
              .orElseThrow(() -> new IOException(path + " is missing from the log"))
              .toArray();
      fetched.put(file.toAbsolutePath(), octets);
      fetchedOctets += octets.length;
      if (fetched.size() >= FILES_AT_ONCE || fetchedOctets >= OCTETS_AT_ONCE) {
        flush(added);
      }
    }
  }

  /** Writes what was fetched, together, for one sync of a directory serves many files. */
  private void flush(List<Path> added) throws IOException {
    DurableFiles.write(fetched);
    added.addAll(fetched.keySet());
    fetched.clear();
    fetchedOctets = 0;
  }

  /** Whole and durable, or not there: what is there is never asked for again. */
  private static void write(Path file, byte[] octets) throws IOException {
    DurableFiles.write(Map.of(file.toAbsolutePath(), octets));
  }
}
