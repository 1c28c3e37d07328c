package org.almoner.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.MalformedCheckpoint;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.NoteRejected;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.rotation.RotationRejected;
import org.almoner.ledger.tree.ProofRejected;

/**
 * A key to which a log passed on from one that is believed, by the log's own entry.
 *
 * @param under the checkpoint of the log that holds the entry, signed by the key before
 */
record PassedKey(VerifierKey key, Checkpoint under) {
  /**
   * Follows a log from the keys that were given to those that they lead to, oldest first. Each step
   * is proved under a checkpoint that the key before signed, and the log as it is now contains that
   * checkpoint; otherwise the command ends.
   */
  static List<PassedKey> follow(LogSource source, List<VerifierKey> given) {
    try {
      Map<VerifierKey, SignedCheckpoint> learned = source.rotations().read().follow(given);
      List<PassedKey> passed = new ArrayList<>();
      learned.forEach((key, under) -> passed.add(new PassedKey(key, under.checkpoint())));
      if (!passed.isEmpty()) {
        List<VerifierKey> all = new ArrayList<>(given);
        all.addAll(learned.keySet());
        Checkpoint now =
            SignedCheckpoint.open(source.checkpoint(), given.get(0).name(), all).checkpoint();
        LogReader reader = new LogReader(source.tiles());
        for (PassedKey step : passed) {
          requireOneHistory(reader, step.under(), now);
        }
      }
      return passed;
    } catch (RotationRejected | ProofRejected e) {
      throw Failure.failed("the log's way to another key is not proved: " + e.getMessage());
    } catch (MalformedNote | MalformedCheckpoint | NoteRejected e) {
      throw Failure.failed("the log's checkpoint is not to be believed: " + e.getMessage());
    } catch (IOException e) {
      throw Failure.failed("the log's way to another key cannot be read: " + e.getMessage());
    }
  }

  /** Proves that the smaller of two checkpoints is a beginning of the larger. */
  static void requireOneHistory(LogReader reader, Checkpoint one, Checkpoint other)
      throws IOException, ProofRejected {
    Checkpoint small = one.size() <= other.size() ? one : other;
    Checkpoint large = one.size() <= other.size() ? other : one;
    reader
        .consistency(small.size(), large.size())
        .verify(small.size(), small.root(), large.size(), large.root());
  }

  @Override
  public String toString() {
    return "the log passed to the key "
        + key.format()
        + ", proved under a checkpoint of "
        + under.size()
        + " entries that the key before signed";
  }
}
