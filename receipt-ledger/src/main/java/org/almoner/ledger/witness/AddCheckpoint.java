package org.almoner.ledger.witness;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.almoner.ledger.note.CanonicalBase64;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.SignedNote;
import org.almoner.ledger.tree.ConsistencyProof;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/**
 * What a log asks of a witness: {@code old <size>}, the proof's hashes, an empty line, the
 * checkpoint.
 *
 * @param oldSize size the log believes the witness signed last, 0 for none
 * @param proof from that size to the checkpoint's
 * @param checkpoint nothing of it is checked
 * @see <a href="https://c2sp.org/tlog-witness">c2sp.org/tlog-witness</a>
 */
public record AddCheckpoint(long oldSize, ConsistencyProof proof, SignedNote checkpoint) {
  /** Longest request that is read, in characters: 64 KiB. */
  public static final int CHARACTERS_MAX = 65_536;

  private static final String OLD = "old ";
  private static final Pattern DECIMAL = Pattern.compile("0|[1-9][0-9]{0,17}");

  /**
   * Reads a request.
   *
   * @throws MalformedNote naming the line that is wrong
   */
  public static AddCheckpoint parse(String body) throws MalformedNote {
    if (body.length() > CHARACTERS_MAX) {
      throw new MalformedNote("the request is longer than " + CHARACTERS_MAX + " characters");
    }
    int blank = body.indexOf("\n\n");
    if (blank < 0) {
      throw new MalformedNote("the request has no empty line before its checkpoint");
    }
    List<String> lines = List.of(body.substring(0, blank).split("\n", -1));
    String first = lines.get(0);
    if (!first.startsWith(OLD) || !DECIMAL.matcher(first.substring(OLD.length())).matches()) {
      throw new MalformedNote("line 1 is not 'old' and a size in plain decimal: " + first);
    }
    List<Hash> hashes = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      hashes.add(hash(lines.get(i), i + 1));
    }
    try {
      return new AddCheckpoint(
          Long.parseLong(first.substring(OLD.length())),
          new ConsistencyProof(hashes),
          SignedNote.parse(body.substring(blank + 2)));
    } catch (IllegalArgumentException e) {
      throw new MalformedNote(String.valueOf(e.getMessage()));
    }
  }

  private static Hash hash(String line, int number) throws MalformedNote {
    try {
      Bytes octets = CanonicalBase64.decode(line);
      if (octets.size() == Hash.SIZE) {
        return Hash.of(octets.toArray());
      }
      throw new MalformedNote(
          "line " + number + ", hash, has " + octets.size() + " octets instead of 32");
    } catch (IllegalArgumentException e) {
      throw new MalformedNote("line " + number + ", hash: " + e.getMessage());
    }
  }

  /** The body that {@link #parse} reads. */
  public String format() {
    StringBuilder body = new StringBuilder(OLD).append(oldSize).append('\n');
    for (Hash hash : proof.hashes()) {
      body.append(CanonicalBase64.encode(Bytes.of(hash.toArray()))).append('\n');
    }
    return body.append('\n').append(checkpoint.format()).toString();
  }
}
