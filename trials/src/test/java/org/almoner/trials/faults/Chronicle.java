package org.almoner.trials.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.almoner.ledger.append.LogRefused;
import org.almoner.ledger.check.LogCheck;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.read.TileDirectory;
import org.almoner.ledger.tile.TileSource;
import org.almoner.ledger.tree.Frontier;
import org.almoner.ledger.tree.TreeHash;
import org.almoner.protocol.bytes.Bytes;

/** What the lives of one log said, held against the log that they left. */
final class Chronicle {
  private final Map<Long, String> signed = new HashMap<>();
  private final TreeMap<Long, String> published = new TreeMap<>();

  /** By batch, the life whose entries are in the log for good. */
  private final TreeMap<Integer, Integer> lives = new TreeMap<>();

  private final List<String> lines = new ArrayList<>();

  /** A chronicle of the same lives, which goes on by itself. */
  Chronicle copy() {
    Chronicle copy = new Chronicle();
    lines.forEach(copy::line);
    return copy;
  }

  /** Takes one line of a life; fails when it contradicts what was said before. */
  void line(String line) {
    lines.add(line);
    String[] words = line.split(" ", -1);
    switch (words[0]) {
      case "signed" -> same(signed, Long.parseLong(words[1]), words[2], "a root signed for size");
      case "published" -> {
        same(published, Long.parseLong(words[1]), words[2], "a root published for size");
        assertThat(signed).containsEntry(Long.parseLong(words[1]), words[2]);
      }
      case "acknowledged", "recovered" ->
          same(lives, Integer.parseInt(words[1]), Integer.parseInt(words[2]), "the life of batch");
      case "refused", "stopped", "still" -> assertThat(words.length).isGreaterThan(4);
      default -> throw new AssertionError(line + " after " + lines);
    }
  }

  private <K, V> void same(Map<K, V> map, K key, V value, String what) {
    V before = map.putIfAbsent(key, value);
    assertThat(before == null ? value : before).as("%s %s: %s", what, key, lines).isEqualTo(value);
  }

  /** How many batches were acknowledged, or found again at a start. */
  int batches() {
    return lives.isEmpty() ? 0 : lives.lastKey();
  }

  List<String> lines() {
    return lines;
  }

  /** The log on the shelf is whole, and holds all that was ever acknowledged or published. */
  void holds(Shelf shelf) throws Exception {
    holds(shelf.store(), shelf.register().read().orElseThrow());
  }

  /** As the other, for tiles and a checkpoint wherever they are. */
  void holds(TileSource tiles, String note) throws Exception {
    SignedCheckpoint now = SignedCheckpoint.open(note, LogLife.ORIGIN, List.of(LogLife.verifier()));
    List<Bytes> entries = new ArrayList<>();
    assertThat(LogCheck.run(tiles, now, (index, entry) -> entries.add(entry)).findings())
        .as("%s", lines)
        .isEmpty();
    lives.forEach(
        (batch, life) -> {
          int first = LogLife.first(batch);
          List<Bytes> kept = LogLife.entries(life, batch);
          assertThat(entries.subList(first, first + kept.size()))
              .as("batch %d of life %d: %s", batch, life, lines)
              .isEqualTo(kept);
        });
    assertThat(now.checkpoint().size()).isGreaterThanOrEqualTo(published.lastKey());
    Frontier tree = Frontier.empty();
    for (long size = 0; size <= published.lastKey(); size++) {
      if (published.containsKey(size)) {
        assertThat(tree.root().toString()).isEqualTo(published.get(size));
      }
      if (size < entries.size()) {
        tree.append(TreeHash.leaf(entries.get((int) size)), (height, root) -> {});
      }
    }
  }

  /** Another life finishes what is missing, and then all of it holds. */
  void goesOn(Shelf.Kind kind, Path folder, int life, int batches) throws Exception {
    switch (kind) {
      case FILES -> goesOnHere(folder, life, batches);
      case IGNITE -> goesOnInAProcess(folder, life, batches);
    }
    assertThat(batches()).isEqualTo(batches);
  }

  private void goesOnHere(Path folder, int life, int batches) throws Exception {
    try (Shelf shelf = Shelf.Kind.FILES.open(folder)) {
      assertThat(LogLife.live(shelf, life, batches, this::line)).as("%s", lines).isZero();
      holds(shelf);
    } catch (LogRefused | IOException e) {
      throw new AssertionError("the log does not open again: " + e.getMessage() + lines, e);
    }
  }

  /** Ignite ends the whole process when it cannot go on. */
  private void goesOnInAProcess(Path folder, int life, int batches) throws Exception {
    Path scratch = Files.createTempDirectory("almoner-again");
    try {
      String copy = scratch.resolve("copy").toString();
      Strace.Life again =
          Strace.run(
              scratch, List.of(), "IGNITE", folder.toString(), "" + life, "" + batches, "0", copy);
      again.said().forEach(this::line);
      assertThat(again.code()).as(() -> lines + "\n" + Strace.errors(scratch)).isZero();
      Path copied = Path.of(copy);
      holds(new TileDirectory(copied), Files.readString(copied.resolve("checkpoint")));
    } finally {
      Folders.delete(scratch);
    }
  }
}
