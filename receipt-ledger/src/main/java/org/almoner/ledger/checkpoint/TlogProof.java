package org.almoner.ledger.checkpoint;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.almoner.ledger.note.CanonicalBase64;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.NoteRejected;
import org.almoner.ledger.note.NoteVerifier;
import org.almoner.ledger.note.SignedNote;
import org.almoner.ledger.tree.InclusionProof;
import org.almoner.ledger.tree.ProofRejected;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/**
 * A file that proves an entry to be in a log without asking anyone: the entry's index, its
 * inclusion proof and a signed checkpoint. Its name ends in {@code .tlog-proof}.
 *
 * @param extra octets of the application that nothing authenticates; empty for none
 * @param index place of the entry, from 0
 * @param inclusion from the leaf up
 * @param checkpoint the note, unchecked until {@link #verify}
 * @see <a href="https://c2sp.org/tlog-proof">c2sp.org/tlog-proof</a>
 */
public record TlogProof(Bytes extra, long index, InclusionProof inclusion, SignedNote checkpoint) {
  private static final String FIRST_LINE = "c2sp.org/tlog-proof@v1";
  private static final String EXTRA = "extra ";
  private static final String INDEX = "index ";
  private static final Bytes NONE = Bytes.of(new byte[0]);

  /** Refuses a negative index. */
  public TlogProof {
    if (index < 0) {
      throw new IllegalArgumentException("an index is not negative: " + index);
    }
  }

  /** A proof without extra octets. */
  public static TlogProof of(long index, InclusionProof inclusion, SignedCheckpoint checkpoint) {
    return new TlogProof(NONE, index, inclusion, checkpoint.note());
  }

  /**
   * Reads a proof file.
   *
   * @throws MalformedCheckpoint naming the line that is wrong and why
   */
  public static TlogProof parse(String file) throws MalformedCheckpoint {
    int blank = file.indexOf("\n\n");
    if (blank < 0) {
      throw new MalformedCheckpoint("the proof has no blank line before its checkpoint");
    }
    List<String> lines = List.of(file.substring(0, blank).split("\n", -1));
    if (!lines.get(0).equals(FIRST_LINE)) {
      throw new MalformedCheckpoint("line 1 is not " + FIRST_LINE + ": " + lines.get(0));
    }
    int at = 1;
    Bytes extra = NONE;
    if (at < lines.size() && lines.get(at).startsWith(EXTRA)) {
      extra = base64(lines.get(at).substring(EXTRA.length()), at, "extra");
      if (extra.size() == 0) {
        throw new MalformedCheckpoint("line 2, extra, is empty: leave the line out instead");
      }
      at++;
    }
    if (at == lines.size() || !lines.get(at).startsWith(INDEX)) {
      throw new MalformedCheckpoint("line " + (at + 1) + " is not the index of the entry");
    }
    long index =
        Decimal.parse(lines.get(at).substring(INDEX.length()), "line " + (at + 1) + ", index,");
    InclusionProof inclusion = inclusion(lines, at + 1);
    try {
      return new TlogProof(extra, index, inclusion, SignedNote.parse(file.substring(blank + 2)));
    } catch (MalformedNote e) {
      throw new MalformedCheckpoint("the checkpoint of the proof: " + e.getMessage());
    }
  }

  private static InclusionProof inclusion(List<String> lines, int from) throws MalformedCheckpoint {
    if (lines.size() - from > InclusionProof.HASHES_MAX) {
      throw new MalformedCheckpoint(
          "an inclusion proof has at most 63 hashes; this has " + (lines.size() - from));
    }
    List<Hash> hashes = new ArrayList<>();
    for (int i = from; i < lines.size(); i++) {
      Bytes octets = base64(lines.get(i), i, "hash");
      if (octets.size() != Hash.SIZE) {
        throw new MalformedCheckpoint(
            "line " + (i + 1) + ", hash, has " + octets.size() + " octets instead of 32");
      }
      hashes.add(Hash.of(octets.toArray()));
    }
    return new InclusionProof(hashes);
  }

  private static Bytes base64(String text, int at, String name) throws MalformedCheckpoint {
    try {
      return CanonicalBase64.decode(text);
    } catch (IllegalArgumentException e) {
      throw new MalformedCheckpoint("line " + (at + 1) + ", " + name + ": " + e.getMessage());
    }
  }

  /** The file. */
  public String format() {
    StringBuilder file = new StringBuilder(FIRST_LINE).append('\n');
    if (extra.size() > 0) {
      file.append(EXTRA).append(CanonicalBase64.encode(extra)).append('\n');
    }
    file.append(INDEX).append(index).append('\n');
    for (Hash hash : inclusion.hashes()) {
      file.append(CanonicalBase64.encode(Bytes.of(hash.toArray()))).append('\n');
    }
    return file.append('\n').append(checkpoint.format()).toString();
  }

  /**
   * Checks the log's signature and the inclusion of {@code leaf}.
   *
   * @return the checkpoint under which the entry stands
   * @throws MalformedCheckpoint when the note is no checkpoint
   * @throws NoteRejected when the log did not sign it, or when it is of another log
   * @throws ProofRejected when the leaf is not at the index
   */
  public SignedCheckpoint verify(
      Hash leaf, String origin, Collection<? extends NoteVerifier> logKeys)
      throws MalformedCheckpoint, NoteRejected, ProofRejected {
    SignedCheckpoint signed = SignedCheckpoint.open(checkpoint, origin, logKeys);
    Checkpoint at = signed.checkpoint();
    inclusion.verify(index, at.size(), leaf, at.root());
    return signed;
  }
}
