package org.almoner.agent.proof;

import java.util.ArrayList;
import java.util.List;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.lease.Grant;
import org.almoner.protocol.usage.StarterAnswer;

/**
 * What the coordinator says about one logged line; nothing is proved until it is checked.
 *
 * @param leaf index in the log
 * @param salt 32 octets that went into the commitment
 * @param part index of the line inside its report
 * @param inclusion hashes from the leaf to the root, at most {@link #HASHES_MAX}
 * @param starter how the line did, if it is one of a starter unit
 */
public record LineProof(
    long leaf, Hash salt, int part, List<Hash> inclusion, StarterAnswer starter) {
  /** Longest proof of a tree of at most 2^63 entries. */
  public static final int HASHES_MAX = 63;

  /** Copies the proof. */
  public LineProof {
    inclusion = List.copyOf(inclusion);
  }

  /** A line of no starter unit. */
  public LineProof(long leaf, Hash salt, int part, List<Hash> inclusion) {
    this(leaf, salt, part, inclusion, StarterAnswer.NONE);
  }

  static LineProof parse(JsonFields fields) throws MalformedJson {
    LineProof proof =
        new LineProof(
            fields.integer("leaf", 0, JsonValue.INTEGER_MAX),
            fields.hash("salt"),
            fields.smallInteger("part", 0, Grant.LEASES_MAX - 1),
            hashes(fields, "proof"),
            fields.has("starter")
                ? fields.parsed("starter", StarterAnswer::parse)
                : StarterAnswer.NONE);
    fields.end();
    return proof;
  }

  JsonValue.Obj toJson() {
    JsonValue.Builder line =
        JsonValue.Obj.of()
            .put("leaf", leaf)
            .put("salt", salt.toHex())
            .put("part", part)
            .putTexts("proof", inclusion.stream().map(Hash::toHex).toList());
    if (starter != StarterAnswer.NONE) {
      line.put("starter", starter.word());
    }
    return line.build();
  }

  static List<Hash> hashes(JsonFields fields, String name) throws MalformedJson {
    List<Hash> hashes = new ArrayList<>();
    for (String hex : fields.texts(name, 0, HASHES_MAX, 2 * Hash.SIZE)) {
      try {
        hashes.add(Hash.parseHex(hex));
      } catch (IllegalArgumentException e) {
        throw fields.at(name, String.valueOf(e.getMessage()));
      }
    }
    return hashes;
  }
}
