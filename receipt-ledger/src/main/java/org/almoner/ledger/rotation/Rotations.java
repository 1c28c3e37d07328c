package org.almoner.ledger.rotation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.entry.KeyRotation;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * All rotations of one log, oldest first: canonical JSON with one field {@code rotations}, each an
 * object of {@code entry} (hexadecimal) and {@code proof} (a proof file's text).
 *
 * @param all at most {@value #ROTATIONS_MAX}
 */
public record Rotations(List<ProvenRotation> all) {
  /** Most rotations of one log. */
  public static final int ROTATIONS_MAX = 100;

  /** Largest document read, in octets. */
  public static final int OCTETS_MAX = 4 << 20;

  /** A log that never had another key. */
  public static final Rotations NONE = new Rotations(List.of());

  /** Copies the list and refuses too many. */
  public Rotations {
    all = List.copyOf(all);
    if (all.size() > ROTATIONS_MAX) {
      throw new IllegalArgumentException("at most " + ROTATIONS_MAX + " rotations of one log");
    }
  }

  /** Reads the document, proving nothing. */
  public static Rotations parse(Bytes document) throws MalformedJson {
    if (document.size() > OCTETS_MAX) {
      throw new MalformedJson(
          "the rotations have " + document.size() + " octets; at most " + OCTETS_MAX);
    }
    JsonFields fields = JsonFields.of(CanonicalJson.parse(document.toArray()));
    List<ProvenRotation> all = new ArrayList<>();
    for (JsonFields rotation : fields.objects("rotations", 0, ROTATIONS_MAX)) {
      all.add(ProvenRotation.parse(rotation));
    }
    fields.end();
    return new Rotations(all);
  }

  /** The document that {@link #parse} reads. */
  public Bytes format() {
    return CanonicalJson.bytes(
        JsonValue.Obj.of()
            .put("rotations", all.stream().map(ProvenRotation::toJson).toList())
            .build());
  }

  /** These and one more. */
  public Rotations with(ProvenRotation next) {
    List<ProvenRotation> more = new ArrayList<>(all);
    more.add(next);
    return new Rotations(more);
  }

  /** The rotation to that key, where there is one. */
  public Optional<ProvenRotation> to(VerifierKey key) {
    return all.stream().filter(proven -> proven.rotation().to().equals(key)).findFirst();
  }

  /**
   * The rotations that lead on from a key, nothing proved: the one from it, the one from where that
   * led, and so on. All others are passed over: a key that passed the log on leads nowhere again.
   *
   * @param believed keys that are believed, the newest last; the way never comes back to them
   */
  public List<ProvenRotation> onFrom(List<VerifierKey> believed) {
    List<VerifierKey> known = new ArrayList<>(believed);
    List<ProvenRotation> way = new ArrayList<>();
    for (ProvenRotation proven : all) {
      KeyRotation rotation = proven.rotation();
      if (known.get(known.size() - 1).equals(rotation.from()) && !known.contains(rotation.to())) {
        way.add(proven);
        known.add(rotation.to());
      }
    }
    return way;
  }

  /**
   * Goes from the newest key that is believed to those it led to, one rotation after the other;
   * each is proved under a checkpoint that the key before it signed, and the new one too.
   *
   * @param believed at least one, the newest last
   * @return the keys that are new, in order, each with the checkpoint that proves it; the caller
   *     must still hold each checkpoint against those it knows
   */
  public Map<VerifierKey, SignedCheckpoint> follow(List<VerifierKey> believed)
      throws RotationRejected {
    Map<VerifierKey, SignedCheckpoint> learned = new LinkedHashMap<>();
    for (ProvenRotation proven : onFrom(believed)) {
      learned.put(proven.rotation().to(), proven.verify());
    }
    return learned;
  }
}
