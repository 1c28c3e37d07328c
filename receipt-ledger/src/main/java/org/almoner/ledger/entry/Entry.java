package org.almoner.ledger.entry;

import org.almoner.ledger.tree.TreeHash;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * A leaf of the log: the octet 0x01 (version), the octet of the kind, and the body.
 *
 * @param body a 32-octet commitment or canonical JSON, by the kind; with the head at most {@link
 *     #OCTETS_MAX}
 */
public record Entry(Kind kind, Bytes body) {
  /** The one version. */
  public static final int VERSION = 1;

  /** Largest entry, head included: what a tlog-tiles entry bundle can hold. */
  public static final int OCTETS_MAX = 65_535;

  private static final int HEAD = 2;

  /** Refuses a body that is too long, and a commitment of another length than 32. */
  public Entry {
    if (body.size() + HEAD > OCTETS_MAX) {
      throw new IllegalArgumentException(
          "an entry has at most " + OCTETS_MAX + " octets; this has " + (body.size() + HEAD));
    }
    if (kind.isCommitment() && body.size() != Hash.SIZE) {
      throw new IllegalArgumentException(
          "a commitment has 32 octets; this " + kind + " has " + body.size());
    }
  }

  /** An entry that holds a commitment. */
  static Entry ofCommitment(Kind kind, Hash commitment) {
    return new Entry(kind, Bytes.of(commitment.toArray()));
  }

  /** An entry that holds a public record. */
  static Entry ofRecord(Kind kind, JsonValue.Obj record) {
    return new Entry(kind, CanonicalJson.bytes(record));
  }

  /**
   * Reads a leaf.
   *
   * @throws MalformedEntry when version, kind or the length of the body is wrong
   */
  public static Entry parse(Bytes leaf) throws MalformedEntry {
    if (leaf.size() < HEAD) {
      throw new MalformedEntry("an entry has at least 2 octets; this has " + leaf.size());
    }
    byte[] octets = leaf.toArray();
    if (octets[0] != VERSION) {
      throw new MalformedEntry("entry version " + (octets[0] & 0xff) + " is unknown; expected 1");
    }
    int number = octets[1] & 0xff;
    Kind kind =
        Kind.of(number)
            .orElseThrow(() -> new MalformedEntry("entry kind " + number + " is unknown"));
    try {
      return new Entry(kind, Bytes.of(java.util.Arrays.copyOfRange(octets, HEAD, octets.length)));
    } catch (IllegalArgumentException e) {
      throw new MalformedEntry(String.valueOf(e.getMessage()));
    }
  }

  /** The leaf's octets. */
  public Bytes octets() {
    byte[] leaf = new byte[HEAD + body.size()];
    leaf[0] = VERSION;
    leaf[1] = (byte) kind.octet();
    System.arraycopy(body.toArray(), 0, leaf, HEAD, body.size());
    return Bytes.of(leaf);
  }

  /** RFC 6962 hash of the leaf. */
  public Hash leafHash() {
    return TreeHash.leaf(octets());
  }

  /** The fields of a public record that must be of kind {@code expected}. */
  JsonFields fields(Kind expected) throws MalformedEntry {
    if (kind != expected) {
      throw new MalformedEntry("expected an entry of kind " + expected + ", got " + kind);
    }
    try {
      return JsonFields.of(CanonicalJson.parse(body.toArray()));
    } catch (MalformedJson e) {
      throw new MalformedEntry("entry of kind " + kind + ": " + e.getMessage());
    }
  }
}
