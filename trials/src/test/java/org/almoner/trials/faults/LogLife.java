package org.almoner.trials.faults;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.almoner.ledger.append.Committed;
import org.almoner.ledger.append.LogRefused;
import org.almoner.ledger.append.Sequencer;
import org.almoner.ledger.append.SequencerStopped;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.MalformedCheckpoint;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.note.Ed25519NoteSigner;
import org.almoner.ledger.note.NoteSignature;
import org.almoner.ledger.note.NoteSigner;
import org.almoner.ledger.note.NoteVerifier;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.ledger.tile.TilePath;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.SigningKey;

/**
 * One life of a log's writer: it creates the log when there is none, opens it, appends the batches
 * that are still missing, and says each thing that it did as one line.
 *
 * <p>The batches of one life differ from those of another, so that a batch that was lost is never
 * signed again by accident with the same root.
 */
final class LogLife {
  static final String ORIGIN = "log.example/2026";

  /** What a line begins with; other lines are of libraries. */
  static final String SAID = "said: ";

  /** It stopped because of an error of its store, and said why. */
  static final int STOPPED = 3;

  /** It could not open the log, and said why. */
  static final int REFUSED = 4;

  /** Entries of the first batches; the second fills a tile, the third only has a rider. */
  private static final int[] BATCHES = {3, 255, 0, 5};

  private static final int LATER_BATCHES = 100;

  private final int life;
  private final Bytes rider;
  private final Consumer<String> says;

  private LogLife(int life, int padding, Consumer<String> says) {
    this.life = life;
    this.rider = Bytes.utf8(life + " " + ".".repeat(padding));
    this.says = says;
  }

  /**
   * A life in a process of its own: kind of store, folder, number of the life, batches in all,
   * octets of padding for each rider, and a folder that the log is copied to at the end.
   *
   * <p>Each line is one write of the system, so that what was said is said whole.
   */
  public static void main(String[] words) throws IOException {
    FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    Consumer<String> says =
        line -> {
          try {
            out.write((SAID + line + "\n").getBytes(StandardCharsets.UTF_8));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
    int life = Integer.parseInt(words[2]);
    int batches = Integer.parseInt(words[3]);
    int padding = words.length > 4 ? Integer.parseInt(words[4]) : 0;
    int code = REFUSED;
    try (Shelf shelf = Shelf.Kind.valueOf(words[0]).open(Path.of(words[1]))) {
      code = new LogLife(life, padding, says).live(shelf, batches);
      if (words.length > 5) {
        copy(shelf, Path.of(words[5]));
      }
    } catch (LogRefused | IOException e) {
      says.accept("refused " + e);
    }
    Runtime.getRuntime().halt(code);
  }

  private static void copy(Shelf shelf, Path to) throws IOException {
    String note = shelf.register().read().orElseThrow();
    long size = Long.parseLong(note.split("\n", 3)[1]);
    for (int level = TilePath.ENTRIES; TilePath.count(level, size) > 0; level++) {
      for (long item = 0; item < TilePath.count(level, size); item += TilePath.FULL) {
        TilePath path = TilePath.holding(level, item, size).orElseThrow();
        Path file = to.resolve(path.toString());
        Files.createDirectories(file.resolveSibling("."));
        Files.write(file, shelf.store().read(path).orElseThrow().toArray());
      }
    }
    Files.writeString(to.resolve("checkpoint"), note);
  }

  /** A life in this process; returns 0, or {@link #STOPPED}. */
  static int live(Shelf shelf, int life, int batches, Consumer<String> says)
      throws LogRefused, IOException {
    return new LogLife(life, 0, says).live(shelf, batches);
  }

  private int live(Shelf shelf, int batches) throws LogRefused, IOException {
    List<NoteSigner> signers = List.of(new Signer());
    if (shelf.register().read().isEmpty()) {
      Sequencer.create(ORIGIN, signers, shelf.store(), shelf.register());
    }
    Sequencer log = Sequencer.open(ORIGIN, signers, shelf.store(), shelf.register());
    long last = log.recovered().epoch();
    if (last > 0) {
      says.accept(
          "recovered "
              + last
              + " "
              + new String(log.recovered().rider().toArray(), StandardCharsets.UTF_8));
    }
    published(log.checkpoint().checkpoint());
    try {
      for (int batch = (int) last + 1; batch <= batches; batch++) {
        Committed committed = log.commit(entries(life, batch), rider);
        published(committed.checkpoint().checkpoint());
        says.accept("acknowledged " + batch + " " + life);
      }
      return 0;
    } catch (SequencerStopped e) {
      says.accept("stopped " + e.getMessage());
      stopsForGood(log);
      return STOPPED;
    }
  }

  private void stopsForGood(Sequencer log) {
    try {
      log.commit(List.of(), rider);
      says.accept("went on after an error");
    } catch (SequencerStopped e) {
      says.accept("still stopped " + e.getMessage());
    }
  }

  private void published(Checkpoint at) {
    says.accept("published " + at.size() + " " + at.root());
  }

  /** The entries of a batch as a life writes them. */
  static List<Bytes> entries(int life, int batch) {
    List<Bytes> entries = new ArrayList<>();
    for (int i = 0; i < size(batch); i++) {
      String what = life + "/" + batch + "/" + i;
      Hash commitment = Hash.sha256(what.getBytes(StandardCharsets.UTF_8));
      entries.add(new Entry(Kind.STATEMENT, Bytes.of(commitment.toArray())).octets());
    }
    return entries;
  }

  /** Index of the first entry of a batch. */
  static int first(int batch) {
    int first = 0;
    for (int before = 1; before < batch; before++) {
      first += size(before);
    }
    return first;
  }

  private static int size(int batch) {
    return batch <= BATCHES.length ? BATCHES[batch - 1] : LATER_BATCHES;
  }

  static VerifierKey verifier() {
    return new Ed25519NoteSigner(ORIGIN, SigningKey.of(new byte[32])).verifier();
  }

  /** Says what it signed before anybody else can have it. */
  private final class Signer implements NoteSigner {
    private final Ed25519NoteSigner signer =
        new Ed25519NoteSigner(ORIGIN, SigningKey.of(new byte[32]));

    @Override
    public NoteVerifier verifier() {
      return signer.verifier();
    }

    @Override
    public NoteSignature sign(String text) {
      try {
        Checkpoint signed = Checkpoint.parse(text);
        says.accept("signed " + signed.size() + " " + signed.root());
        return signer.sign(text);
      } catch (MalformedCheckpoint e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
