package org.almoner.ledger.golden;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.almoner.ledger.entry.Kind;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.release.Recall;

/** Recalls, by the operator and by the owner whose seed is 32 times 0x31. */
final class RecallFiles {
  private static final Hash RELEASE = Hash.sha256(GoldenFormat.utf8("a release"));
  private static final Recall RECALL =
      new Recall(GoldenKeys.ORIGIN, RELEASE, "It reads beyond its input.");
  private static final String JSON =
      new String(CanonicalJson.encode(RECALL.toJson()), StandardCharsets.UTF_8);
  private static final Envelope SIGNED =
      Envelope.sign(Envelope.Kind.RECALL, RECALL.toJson(), GoldenKeys.key(0x31));
  private static final String OWNER = SIGNED.signer().toHex();
  private static final String SIGNATURE = SIGNED.signature().toHex();

  private RecallFiles() {}

  private static byte[] recall(String json) {
    return LogFiles.leaf(1, Kind.RECALL.octet(), GoldenFormat.utf8(json));
  }

  private static String owners(String owner, String recall, String signature) {
    return "{\"owner\":\""
        + owner
        + "\",\"recall\":"
        + recall
        + ",\"signature\":\""
        + signature
        + "\"}";
  }

  static List<GoldenFiles> all() {
    String stranger = GoldenKeys.key(0x32).publicKey().toHex();
    return List.of(
        new GoldenFiles(GoldenFormat.RECALL)
            .valid("by-operator", recall("{\"recall\":" + JSON + "}"))
            .valid("by-owner", recall(owners(OWNER, JSON, SIGNATURE)))
            .invalid(
                "by-another-owner",
                recall(owners(stranger, JSON, SIGNATURE)),
                "does not verify",
                "another key signed")
            .invalid(
                "another-reason",
                recall(owners(OWNER, JSON.replace("It reads", "It writes"), SIGNATURE)),
                "does not verify",
                "another text was signed")
            .invalid(
                "owner-without-signature",
                recall("{\"owner\":\"" + OWNER + "\",\"recall\":" + JSON + "}"),
                "signature",
                "a missing field")
            .invalid(
                "signature-without-owner",
                recall("{\"recall\":" + JSON + ",\"signature\":\"" + SIGNATURE + "\"}"),
                "signature",
                "an unknown field of the operator's recall")
            .invalid("no-recall", recall("{}"), "recall", "a missing field")
            .invalid(
                "no-reason",
                recall("{\"recall\":" + JSON.replaceFirst(",\"reason\":\"[^\"]*\"", "") + "}"),
                "reason",
                "a missing field")
            .invalid(
                "reason-of-two-lines",
                recall("{\"recall\":" + JSON.replace("It reads", "It\\nreads") + "}"),
                "reason",
                "one line")
            .invalid(
                "short-digest",
                recall("{\"recall\":" + JSON.replace(RELEASE.toHex(), "ab") + "}"),
                "release",
                "64 digits")
            .invalid("json-cut", recall("{\"recall\":"), "RECALL", "cut short"));
  }
}
