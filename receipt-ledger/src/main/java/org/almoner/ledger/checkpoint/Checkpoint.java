package org.almoner.ledger.checkpoint;

import java.util.List;
import org.almoner.ledger.note.CanonicalBase64;
import org.almoner.ledger.tree.TreeHash;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/**
 * The size and the root of a log at one moment.
 *
 * @param origin name of the log, e.g. {@code log.example.org/2026}; one line, not empty
 * @param size number of entries
 * @param root RFC 6962 root over those entries
 * @see <a href="https://c2sp.org/tlog-checkpoint">c2sp.org/tlog-checkpoint</a>
 */
public record Checkpoint(String origin, long size, Hash root) {
  private static final int LINES = 3;

  /** Refuses an origin that is no line, a negative size and a wrong root of the empty tree. */
  public Checkpoint {
    if (origin.isEmpty() || origin.chars().anyMatch(c -> c < 0x20)) {
      throw new IllegalArgumentException("an origin is one line that is not empty: " + origin);
    }
    if (size < 0) {
      throw new IllegalArgumentException("a size is not negative: " + size);
    }
    if (size == 0 && !root.equals(TreeHash.EMPTY_ROOT)) {
      throw new IllegalArgumentException("the root of the empty tree is not " + root);
    }
  }

  /**
   * Reads the text of a note. Extension lines are allowed and ignored.
   *
   * @throws MalformedCheckpoint naming the line that is wrong and why
   */
  public static Checkpoint parse(String noteText) throws MalformedCheckpoint {
    if (!noteText.endsWith("\n")) {
      throw new MalformedCheckpoint("the checkpoint does not end with a newline");
    }
    // The newline at the end leaves one empty piece, which is no line.
    List<String> pieces = List.of(noteText.split("\n", -1));
    List<String> lines = pieces.subList(0, pieces.size() - 1);
    if (lines.size() < LINES) {
      throw new MalformedCheckpoint(
          "a checkpoint has three lines, origin, size and root; this has " + lines.size());
    }
    int empty = lines.indexOf("");
    if (empty >= 0) {
      throw new MalformedCheckpoint("line " + (empty + 1) + " is empty");
    }
    long size = Decimal.parse(lines.get(1), "line 2, size,");
    try {
      return new Checkpoint(lines.get(0), size, root(lines.get(2)));
    } catch (IllegalArgumentException e) {
      throw new MalformedCheckpoint(String.valueOf(e.getMessage()));
    }
  }

  private static Hash root(String line) throws MalformedCheckpoint {
    try {
      return Hash.of(CanonicalBase64.decode(line).toArray());
    } catch (IllegalArgumentException e) {
      throw new MalformedCheckpoint("line 3, root: " + e.getMessage());
    }
  }

  /** The text that is signed, newline at the end. */
  public String noteText() {
    return origin + "\n" + size + "\n" + CanonicalBase64.encode(Bytes.of(root.toArray())) + "\n";
  }
}
