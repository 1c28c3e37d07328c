package org.almoner.ledger.selfcheck;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.almoner.ledger.append.CheckpointRegister;
import org.almoner.ledger.check.Finding;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.MalformedCheckpoint;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.NoteRejected;
import org.almoner.ledger.note.NoteVerifier;
import org.almoner.ledger.tile.TileSource;
import org.almoner.ledger.tree.TreeHash;

/**
 * The audit of a log that its writer goes on writing: every entry against its leaf, every tile
 * against those below it, the root against the published checkpoint; then it begins again with the
 * checkpoint of that moment, which must continue the one before.
 *
 * <p>It goes by steps of bounded work. What does not fit is read again by the next step, and is
 * damaged only when it does not fit then either: a log may grow while it is read. After the first
 * finding nothing more is checked.
 *
 * <p>One thread takes the steps; {@link #progress} may be asked by any. Memory: one tile of each
 * level.
 */
public final class SelfAudit {
  private final String origin;
  private final List<NoteVerifier> logKeys;
  private final TileSource source;
  private final CheckpointRegister register;

  /** The largest checkpoint seen in the register, and the one of the last round. */
  private Checkpoint newest;

  private Checkpoint before;
  private Optional<Round> round = Optional.empty();
  private Optional<Finding> doubt = Optional.empty();
  private volatile Progress progress = Progress.NONE;

  /**
   * An audit that has not begun.
   *
   * @param origin name of the log
   * @param logKeys its keys
   * @param source where its tiles are kept, and not a cache of them
   */
  public SelfAudit(
      String origin,
      Collection<? extends NoteVerifier> logKeys,
      TileSource source,
      CheckpointRegister register) {
    this.origin = origin;
    this.logKeys = List.copyOf(logKeys);
    this.source = source;
    this.register = register;
    this.newest = new Checkpoint(origin, 0, TreeHash.EMPTY_ROOT);
    this.before = newest;
  }

  /** How far it has come. */
  public Progress progress() {
    return progress;
  }

  /**
   * Reads the register's checkpoint and then at most {@code places} bundles (each with its leaves)
   * or tiles; ends early at the end of a round.
   */
  public Progress step(int places) {
    if (!progress.damaged()) {
      try {
        Checkpoint published = published();
        Round current = round.orElseGet(() -> new Round(source, published, before));
        round = Optional.of(current);
        for (int i = 0; i < places && !current.done(); i++) {
          current.next();
          doubt = Optional.empty();
        }
        advance(current);
      } catch (Suspicion suspicion) {
        suspect(suspicion.finding());
      }
    }
    return progress;
  }

  private void advance(Round current) {
    tell(progress.rounds() + (current.done() ? 1 : 0), "");
    if (current.done()) {
      before = current.checkpoint();
      round = Optional.empty();
    }
  }

  private void suspect(Finding seen) {
    boolean again = doubt.filter(last -> last.index() == seen.index()).isPresent();
    doubt = Optional.of(seen);
    tell(progress.rounds(), again ? seen.reason() : "");
  }

  private void tell(long rounds, String finding) {
    progress =
        round
            .map(at -> new Progress(at.checked(), at.checkpoint().size(), rounds, finding))
            .orElseGet(() -> new Progress(progress.checked(), progress.size(), rounds, finding));
  }

  private Checkpoint published() throws Suspicion {
    Checkpoint read = read();
    if (read.size() < newest.size()) {
      throw suspicion(
          "went back from size " + newest.size() + " to " + read.size() + ": it was replaced");
    }
    if (read.size() == newest.size() && !read.root().equals(newest.root())) {
      throw suspicion("of size " + read.size() + " has another root than before");
    }
    newest = read;
    return read;
  }

  private Checkpoint read() throws Suspicion {
    try {
      String note = register.read().orElseThrow(() -> suspicion("is gone"));
      return SignedCheckpoint.open(note, origin, logKeys).checkpoint();
    } catch (MalformedNote | MalformedCheckpoint e) {
      throw suspicion("is damaged: " + e.getMessage());
    } catch (NoteRejected e) {
      throw suspicion("is not this log's: " + e.getMessage());
    } catch (IOException | RuntimeException e) {
      throw suspicion("cannot be read: " + e.getMessage());
    }
  }

  private static Suspicion suspicion(String what) {
    return new Suspicion(Suspicion.REGISTER, "the register's checkpoint " + what);
  }
}
