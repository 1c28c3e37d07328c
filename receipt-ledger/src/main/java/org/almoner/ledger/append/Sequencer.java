package org.almoner.ledger.append;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.MalformedCheckpoint;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.NoteRejected;
import org.almoner.ledger.note.NoteSigner;
import org.almoner.ledger.note.NoteVerifier;
import org.almoner.ledger.note.SignedNote;
import org.almoner.ledger.tile.HashTile;
import org.almoner.ledger.tile.MalformedTile;
import org.almoner.ledger.tile.TilePath;
import org.almoner.ledger.tree.TreeHash;
import org.almoner.protocol.bytes.Bytes;

/**
 * The one writer of one log. It gives entries their indexes, makes each batch durable, grows the
 * tree, hashes it twice, signs the checkpoint, makes the tiles durable and publishes, in that
 * order.
 *
 * <p>It never signs two roots for one size: a root is signed only for a batch that is durably
 * staged, and a staged batch that is not published is the next one published when the log is opened
 * again. After any error of the store or the register it stops for good and says why on every later
 * call.
 *
 * <p>One thread writes; {@link #checkpoint} may be asked, and {@link #halt} called, by any.
 */
public final class Sequencer {
  private final String origin;
  private final List<NoteSigner> signers;
  private final LogStore store;
  private final CheckpointRegister register;
  private final Staged recovered;

  private RightEdge edge;
  private long epoch;
  private Optional<Prepared> pending = Optional.empty();
  private volatile SignedCheckpoint checkpoint;
  private volatile Optional<String> stopped = Optional.empty();

  private Sequencer(
      Log log, LogStore store, CheckpointRegister register, Staged recovered, RightEdge edge) {
    this.origin = log.origin;
    this.signers = log.signers;
    this.store = store;
    this.register = register;
    this.recovered = recovered;
    this.edge = edge;
    this.epoch = recovered.epoch();
    this.checkpoint = log.checkpoint;
  }

  /** What a log is, apart from where it is kept. */
  private record Log(String origin, List<NoteSigner> signers, SignedCheckpoint checkpoint) {}

  /**
   * Creates a log without entries. Done once in the life of a log; an interrupted creation may be
   * repeated.
   *
   * @param origin name of the log, which the keys carry too
   * @throws LogRefused when the register or the store is already in use
   */
  public static void create(
      String origin,
      List<? extends NoteSigner> signers,
      LogStore store,
      CheckpointRegister register)
      throws LogRefused, IOException {
    if (register.read().isPresent()) {
      throw new LogRefused("the register already holds a checkpoint: open the log instead");
    }
    Staged genesis = new Staged(0, 0, List.of(), Bytes.of(new byte[0]));
    Optional<Staged> held = store.staged();
    if (held.isPresent() && !held.get().equals(genesis)) {
      throw new LogRefused(
          "the store already holds batch "
              + held.get().epoch()
              + " of a log, but the register is empty: connect the register of that log, or"
              + " choose an empty store");
    }
    if (held.isEmpty()) {
      store.stage(genesis);
    }
    Checkpoint empty = new Checkpoint(origin, 0, TreeHash.EMPTY_ROOT);
    if (!register.compareAndSet(Optional.empty(), SignedCheckpoint.sign(empty, signers).format())) {
      throw new LogRefused("another process created a log in this register just now");
    }
  }

  /**
   * Opens a log: checks its right edge against the register's checkpoint and publishes a batch that
   * was staged but not published.
   *
   * @throws LogRefused when anything disagrees; each disagreement has its own message
   * @throws IOException when the store or the register cannot be used
   */
  public static Sequencer open(
      String origin,
      List<? extends NoteSigner> signers,
      LogStore store,
      CheckpointRegister register)
      throws LogRefused, IOException {
    SignedCheckpoint checkpoint = registered(origin, signers, register);
    Staged staged =
        store
            .staged()
            .orElseThrow(
                () ->
                    new LogRefused(
                        "the store holds no staged batch, though the register has a checkpoint of"
                            + " size "
                            + checkpoint.checkpoint().size()
                            + ": this is not the store of that log"));
    checkTogether(checkpoint.checkpoint().size(), staged);
    RightEdge edge = RightEdge.load(checkpoint.checkpoint(), store);
    Log log = new Log(origin, List.copyOf(signers), checkpoint);
    Sequencer sequencer = new Sequencer(log, store, register, staged, edge);
    if (staged.endIndex() > edge.size()) {
      Prepared unfinished = new Prepared(staged);
      sequencer.pending = Optional.of(unfinished);
      sequencer.publish(unfinished);
    } else {
      new EdgeReader(store, edge.size()).checkHeld(staged.firstIndex(), staged.entries());
    }
    return sequencer;
  }

  private static SignedCheckpoint registered(
      String origin, List<? extends NoteSigner> signers, CheckpointRegister register)
      throws LogRefused, IOException {
    String note =
        register
            .read()
            .orElseThrow(
                () ->
                    new LogRefused(
                        "the register holds no checkpoint of "
                            + origin
                            + ": create the log first, or connect the register it was created"
                            + " in"));
    try {
      SignedNote parsed = SignedNote.parse(note);
      Checkpoint held = Checkpoint.parse(parsed.text());
      if (!held.origin().equals(origin)) {
        throw new LogRefused(
            "the register holds the log "
                + held.origin()
                + ", this is to be "
                + origin
                + ": a log keeps its name for ever; give back the name, or connect the register of"
                + " that log");
      }
      return SignedCheckpoint.open(parsed, origin, verifiers(signers));
    } catch (MalformedNote | MalformedCheckpoint e) {
      throw new LogRefused("the register's checkpoint cannot be read: " + e.getMessage(), e);
    } catch (NoteRejected e) {
      throw new LogRefused(
          "the register's checkpoint is not this log's: "
              + e.getMessage()
              + "; give back the key that signed it",
          e);
    }
  }

  private static void checkTogether(long size, Staged staged) throws LogRefused {
    String batch =
        "the store's last batch covers entries "
            + staged.firstIndex()
            + " to "
            + staged.endIndex()
            + ", the register's checkpoint has size "
            + size;
    if (staged.firstIndex() > size) {
      throw new LogRefused(batch + ": the register is older than the store, restore the register");
    }
    if (staged.endIndex() < size) {
      throw new LogRefused(batch + ": the store is older than the register, restore the store");
    }
    if (staged.firstIndex() != size && staged.endIndex() != size) {
      throw new LogRefused(batch + ": they do not belong together");
    }
  }

  private static List<NoteVerifier> verifiers(List<? extends NoteSigner> signers) {
    return signers.stream().map(NoteSigner::verifier).toList();
  }

  /** The last batch before this opening, now published, with the rider to apply again. */
  public Staged recovered() {
    return recovered;
  }

  /** The index the next entry will get. */
  public long nextIndex() {
    return pending.map(p -> p.staged().endIndex()).orElseGet(edge::size);
  }

  /** The newest published checkpoint. */
  public SignedCheckpoint checkpoint() {
    return checkpoint;
  }

  /** Why nothing is written any more; empty as long as all is well. */
  public Optional<String> stopped() {
    return stopped;
  }

  /**
   * Stops for good, as an error of the store would: nothing more is staged, signed or published. A
   * batch that is staged is published when the log is opened again. May be called by any thread.
   *
   * @param why told on every later call, unless it had stopped before
   */
  public synchronized void halt(String why) {
    if (stopped.isEmpty()) {
      stopped = Optional.of(why);
    }
  }

  /** Stages and publishes in one go. */
  public Committed commit(List<Bytes> entries, Bytes rider) throws SequencerStopped {
    return publish(stage(entries, rider));
  }

  /**
   * Makes a batch durable, first entry at {@link #nextIndex}. The batch must be published before
   * the next is staged.
   *
   * @param entries may be empty: then only the rider is made durable
   * @param rider opaque octets, back from {@link #recovered} should this be the last batch
   * @throws IllegalArgumentException when the batch or an entry is too large; nothing has happened
   * @throws IllegalStateException when the batch before is not published
   * @throws SequencerStopped when it is not known whether the batch is durable
   */
  public Prepared stage(List<Bytes> entries, Bytes rider) throws SequencerStopped {
    requireRunning();
    if (pending.isPresent()) {
      throw new IllegalStateException("batch " + epoch + " is not published yet");
    }
    Staged staged = new Staged(epoch + 1, edge.size(), entries, rider);
    try {
      store.stage(staged);
    } catch (IOException | RuntimeException | Error e) {
      throw stop("batch " + staged.epoch() + " could not be staged", e);
    }
    epoch = staged.epoch();
    Prepared prepared = new Prepared(staged);
    pending = Optional.of(prepared);
    return prepared;
  }

  /**
   * Publishes the batch just staged.
   *
   * @throws IllegalStateException when {@code prepared} is not the batch just staged
   * @throws SequencerStopped when it is not known whether the batch is published
   */
  public Committed publish(Prepared prepared) throws SequencerStopped {
    requireRunning();
    if (pending.isEmpty() || pending.get() != prepared) {
      throw new IllegalStateException(
          "batch " + prepared.epoch() + " is not the one waiting to be published");
    }
    Committed committed;
    try {
      committed =
          prepared.staged().entries().isEmpty()
              ? new Committed(edge.size(), checkpoint, Map.of())
              : grow(prepared.staged());
    } catch (SequencerStopped e) {
      throw e;
    } catch (IOException | MalformedTile | RuntimeException | Error e) {
      throw stop("batch " + prepared.epoch() + " could not be published", e);
    }
    pending = Optional.empty();
    return committed;
  }

  private Committed grow(Staged staged) throws IOException, MalformedTile {
    if (!edge.root().equals(checkpoint.checkpoint().root())) {
      throw new MalformedTile("the right edge in memory no longer leads to the checkpoint's root");
    }
    RightEdge.Growth growth = edge.grow(staged.entries());
    Map<TilePath, HashTile> tiles = SecondLook.at(growth);
    RightEdge grown = growth.edge();
    requireRunning();
    SignedCheckpoint next = signed(new Checkpoint(origin, grown.size(), grown.root()));
    store.write(growth.tiles());
    if (!register.compareAndSet(Optional.of(checkpoint.format()), next.format())) {
      throw stop(
          "the register no longer holds the checkpoint of size "
              + edge.size()
              + " that this process published: another process writes this log");
    }
    edge = grown;
    checkpoint = next;
    return new Committed(staged.firstIndex(), next, tiles);
  }

  /** Signs, and reads back what was signed: a wrong signature in the register closes the log. */
  private SignedCheckpoint signed(Checkpoint next) throws SequencerStopped {
    try {
      SignedCheckpoint signed = SignedCheckpoint.sign(next, signers);
      return SignedCheckpoint.open(signed.note(), origin, verifiers(signers));
    } catch (NoteRejected | MalformedCheckpoint e) {
      throw stop("the checkpoint of size " + next.size() + " was signed wrongly", e);
    }
  }

  private void requireRunning() throws SequencerStopped {
    if (stopped.isPresent()) {
      throw new SequencerStopped("the sequencer of " + origin + " has stopped: " + stopped.get());
    }
  }

  private SequencerStopped stop(String what, Throwable cause) {
    String why = what + ": " + cause.getMessage();
    halt(why);
    return new SequencerStopped(why, cause);
  }

  private SequencerStopped stop(String what) {
    halt(what);
    return new SequencerStopped(what);
  }
}
