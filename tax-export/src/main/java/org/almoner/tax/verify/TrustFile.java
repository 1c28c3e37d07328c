package org.almoner.tax.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.ledger.witness.WitnessPolicy;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * Whom a reader believes: the charity's name, its log's key and the fingerprints of its seals.
 *
 * <p>A charity publishes it where nobody else can write; without one a document is consistent in
 * itself and its issuer unknown. The file is one line of canonical JSON with the fields {@code
 * charity}, {@code log} ({@code origin}, {@code key}), {@code seals} and {@code version} (1), and a
 * newline.
 *
 * @param charity name of the charity, 1 to 120 characters
 * @param log the log's key; its name is the log's origin
 * @param seals SHA-256 of the certificates the charity seals with, 1 to {@value #SEALS_MAX}
 * @param witnesses who must have signed the checkpoint under a document; field {@code witnesses},
 *     the lines of the policy, absent where nobody need have
 */
public record TrustFile(
    String charity, VerifierKey log, List<Hash> seals, WitnessPolicy witnesses) {
  /** Most fingerprints in one file. */
  public static final int SEALS_MAX = 32;

  /** Largest file read, in octets. */
  public static final int BYTES_MAX = 16_384;

  private static final int VERSION = 1;
  private static final int NAME_MAX = 120;
  private static final int ORIGIN_MAX = 200;
  private static final int KEY_MAX = 400;
  private static final int POLICY_LINES_MAX = 64;
  private static final int POLICY_LINE_MAX = 1_000;

  public TrustFile {
    seals = List.copyOf(seals);
    if (charity.isBlank() || charity.length() > NAME_MAX) {
      throw new IllegalArgumentException("a charity's name has 1 to " + NAME_MAX + " characters");
    }
    if (seals.isEmpty() || seals.size() > SEALS_MAX) {
      throw new IllegalArgumentException("a trust file lists 1 to " + SEALS_MAX + " seals");
    }
  }

  /** Believes a document whoever witnessed its checkpoint. */
  public TrustFile(String charity, VerifierKey log, List<Hash> seals) {
    this(charity, log, seals, WitnessPolicy.NOBODY);
  }

  /**
   * Reads a trust file.
   *
   * @throws MalformedTrustFile naming the field that is unknown, missing or wrong
   */
  public static TrustFile parse(byte[] octets) throws MalformedTrustFile {
    if (octets.length > BYTES_MAX) {
      throw new MalformedTrustFile(
          "has " + octets.length + " octets; at most " + BYTES_MAX + " are read");
    }
    try {
      JsonFields fields = JsonFields.of(CanonicalJson.parse(withoutNewline(octets)));
      fields.integer("version", VERSION, VERSION);
      String charity = fields.text("charity", NAME_MAX);
      JsonFields log = fields.object("log");
      String origin = log.text("origin", ORIGIN_MAX);
      VerifierKey key = VerifierKey.parse(log.text("key", KEY_MAX));
      log.end();
      if (!key.name().equals(origin)) {
        throw log.at("key", "is the key of " + key.name() + ", not of " + origin);
      }
      List<Hash> seals = new ArrayList<>();
      for (String seal : fields.texts("seals", 1, SEALS_MAX, 2 * Hash.SIZE)) {
        seals.add(Hash.parseHex(seal));
      }
      WitnessPolicy witnesses = WitnessPolicy.NOBODY;
      if (fields.has("witnesses")) {
        List<String> lines = fields.texts("witnesses", 1, POLICY_LINES_MAX, POLICY_LINE_MAX);
        witnesses = WitnessPolicy.parse(String.join("\n", lines));
      }
      fields.end();
      return new TrustFile(charity, key, seals, witnesses);
    } catch (MalformedJson | MalformedNote | IllegalArgumentException e) {
      throw new MalformedTrustFile(String.valueOf(e.getMessage()));
    }
  }

  /** The octets that {@link #parse} reads. */
  public Bytes format() {
    JsonValue.Builder fields =
        JsonValue.Obj.of()
            .put("version", VERSION)
            .put("charity", charity)
            .put(
                "log",
                JsonValue.Obj.of().put("origin", log.name()).put("key", log.format()).build())
            .putTexts("seals", seals.stream().map(Hash::toHex).toList());
    if (!witnesses.equals(WitnessPolicy.NOBODY)) {
      fields.putTexts("witnesses", witnesses.lines());
    }
    byte[] json = CanonicalJson.encode(fields.build());
    byte[] line = Arrays.copyOf(json, json.length + 1);
    line[json.length] = '\n';
    return Bytes.of(line);
  }

  /** Whether a seal with this certificate is one of the charity's. */
  public boolean trusts(Hash fingerprint) {
    return seals.contains(fingerprint);
  }

  private static byte[] withoutNewline(byte[] octets) {
    boolean newline = octets.length > 0 && octets[octets.length - 1] == '\n';
    return newline ? Arrays.copyOf(octets, octets.length - 1) : octets;
  }
}
