package org.almoner.ledger.golden;

import java.util.ArrayList;
import java.util.List;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.entry.KeyRotation;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.note.CanonicalBase64;
import org.almoner.ledger.note.Ed25519NoteSigner;
import org.almoner.ledger.tree.NaiveTree;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/** How a log passes to another key, and how another log follows it. */
final class PassingFiles {
  private static final Ed25519NoteSigner ONE = GoldenKeys.LOG;
  private static final Ed25519NoteSigner TWO = GoldenKeys.SECOND_LOG;
  private static final Ed25519NoteSigner THREE = GoldenKeys.THIRD_LOG;
  private static final String FIRST = ONE.verifier().format();
  private static final String SECOND = TWO.verifier().format();
  private static final String STRANGERS = GoldenKeys.STRANGER.verifier().format();

  /** The note of seven entries, as it stands in JSON. */
  private static final String END = noteOfSeven(ONE);

  private PassingFiles() {}

  static List<GoldenFiles> all() {
    return List.of(keyRotations(), successions(), rotations());
  }

  private static String escaped(String text) {
    return text.replace("\n", "\\n");
  }

  private static String noteOfSeven(Ed25519NoteSigner signer) {
    return escaped(
        SignedCheckpoint.sign(GoldenKeys.checkpoint(7), List.of(signer)).note().format());
  }

  private static byte[] rotation(String json) {
    return LogFiles.leaf(1, Kind.KEY_ROTATION.octet(), GoldenFormat.utf8(json));
  }

  private static String fromTo(String from, String to) {
    return "{\"from\":\"" + from + "\",\"to\":\"" + to + "\"}";
  }

  private static GoldenFiles keyRotations() {
    return new GoldenFiles(GoldenFormat.KEY_ROTATION)
        .valid("first-to-second", rotation(fromTo(FIRST, SECOND)))
        .valid("back-again", rotation(fromTo(SECOND, FIRST)))
        .invalid("to-itself", rotation(fromTo(FIRST, FIRST)), "the old one", "two keys")
        .invalid("to-another-log", rotation(fromTo(FIRST, STRANGERS)), "two logs", "one log")
        .invalid("no-to", rotation("{\"from\":\"" + FIRST + "\"}"), "to", "a missing field")
        .invalid(
            "another-field",
            rotation("{\"from\":\"" + FIRST + "\",\"more\":1,\"to\":\"" + SECOND + "\"}"),
            "more",
            "an unknown field")
        .invalid(
            "fields-in-another-order",
            rotation("{\"to\":\"" + SECOND + "\",\"from\":\"" + FIRST + "\"}"),
            "KEY_ROTATION",
            "canonical JSON sorts fields")
        .invalid(
            "key-of-another-id",
            rotation(fromTo(FIRST, SECOND.replace("+c080c027+", "+c080c028+"))),
            "KEY_ROTATION",
            "the id is a hash of name and key")
        .invalid(
            "key-of-a-witness",
            rotation(fromTo(FIRST, GoldenKeys.WITNESS.verifier().format())),
            "KEY_ROTATION",
            "a log signs with type 0x01")
        .invalid("no-key", rotation(fromTo(FIRST, "")), "to", "a key is not empty")
        .invalid("json-cut", rotation("{\"from\":\""), "KEY_ROTATION", "cut short")
        .invalid(
            "another-kind",
            LogFiles.leaf(1, Kind.REVOCATION.octet(), GoldenFormat.utf8(fromTo(FIRST, SECOND))),
            "REVOCATION",
            "kind 11 is a revocation");
  }

  private static byte[] succession(String checkpoint, String keys, String reason) {
    return succession(
        "{\"checkpoint\":\""
            + checkpoint
            + "\",\"keys\":["
            + keys
            + "],\"reason\":\""
            + reason
            + "\"}");
  }

  private static byte[] succession(String json) {
    return LogFiles.leaf(1, Kind.SUCCESSION.octet(), GoldenFormat.utf8(json));
  }

  private static String quoted(String... keys) {
    return "\"" + String.join("\",\"", keys) + "\"";
  }

  private static GoldenFiles successions() {
    String one = quoted(FIRST);
    Checkpoint seven = GoldenKeys.checkpoint(7);
    String cosigned =
        escaped(
            SignedCheckpoint.sign(seven, List.of(ONE))
                .note()
                .with(List.of(GoldenKeys.WITNESS.sign(seven.noteText(), GoldenKeys.SECONDS)))
                .format());
    return new GoldenFiles(GoldenFormat.SUCCESSION)
        .valid("lost", succession(END, one, "lost"))
        .valid("stolen-and-cosigned", succession(cosigned, one, "stolen"))
        .valid(
            "signed-by-the-second-of-two",
            succession(noteOfSeven(TWO), quoted(FIRST, SECOND), "lost"))
        .invalid("another-reason", succession(END, one, "sold"), "reason", "lost or stolen")
        .invalid("no-keys", succession(END, "", "lost"), "keys", "at least one key")
        .invalid("key-twice", succession(END, quoted(FIRST, FIRST), "lost"), "keys", "each once")
        .invalid(
            "keys-of-two-logs",
            succession(END, quoted(FIRST, STRANGERS), "lost"),
            "keys",
            "all of the closed log")
        .invalid(
            "signed-by-another-key",
            succession(noteOfSeven(TWO), one, "lost"),
            "checkpoint",
            "the log did not sign it")
        .invalid(
            "of-another-log",
            succession(END, quoted(STRANGERS), "lost"),
            "checkpoint",
            "another log's checkpoint")
        .invalid(
            "size-changed",
            succession(END.replace("\\n7\\n", "\\n8\\n"), one, "lost"),
            "checkpoint",
            "the signature is over the size")
        .invalid(
            "no-note", succession("7", one, "lost"), "SUCCESSION", "a checkpoint is a signed note")
        .invalid(
            "no-reason",
            succession("{\"checkpoint\":\"" + END + "\",\"keys\":[" + one + "]}"),
            "reason",
            "a missing field")
        .invalid(
            "another-field",
            succession(
                "{\"checkpoint\":\""
                    + END
                    + "\",\"keys\":["
                    + one
                    + "],\"more\":1,\"reason\":\"lost\"}"),
            "more",
            "an unknown field")
        .invalid(
            "newline-as-it-is",
            succession(END.replace("\\n", "\n"), one, "lost"),
            "SUCCESSION",
            "canonical JSON escapes it")
        .invalid("json-cut", succession("{\"checkpoint\":"), "SUCCESSION", "cut short");
  }

  private static Bytes entry(Ed25519NoteSigner from, Ed25519NoteSigner to) {
    return new KeyRotation(from.verifier(), to.verifier()).entry().octets();
  }

  /** One rotation as JSON, entry {@code index} of a log that {@code signers} signed. */
  private static String proven(
      Bytes entry, int index, List<Bytes> log, List<Ed25519NoteSigner> signers) {
    StringBuilder proof = new StringBuilder("c2sp.org/tlog-proof@v1\nindex " + index + "\n");
    for (Hash hash : NaiveTree.path(index, log)) {
      proof.append(CanonicalBase64.encode(Bytes.of(hash.toArray()))).append('\n');
    }
    Checkpoint checkpoint = new Checkpoint(GoldenKeys.ORIGIN, log.size(), NaiveTree.root(log));
    proof.append('\n').append(SignedCheckpoint.sign(checkpoint, signers).note().format());
    return "{\"entry\":\"" + entry.toHex() + "\",\"proof\":\"" + escaped(proof.toString()) + "\"}";
  }

  private static String document(String... rotations) {
    return "{\"rotations\":[" + String.join(",", rotations) + "]}";
  }

  private static GoldenFiles rotations() {
    Bytes toTwo = entry(ONE, TWO);
    Bytes toThree = entry(TWO, THREE);
    List<Bytes> log = new ArrayList<>(NaiveTree.entries(1));
    log.add(toTwo);
    List<Bytes> later = new ArrayList<>(log);
    later.addAll(NaiveTree.entries(4));
    later.add(toThree);
    String first = proven(toTwo, 1, log, List.of(ONE, TWO));
    String second = proven(toThree, 6, later, List.of(TWO, THREE));
    return new GoldenFiles(GoldenFormat.ROTATIONS)
        .valid("none", document())
        .valid("one", document(first))
        .valid("two", document(first, second))
        .invalid(
            "signed-by-the-old-key-alone",
            document(proven(toTwo, 1, log, List.of(ONE))),
            "is not signed by the new key",
            "the new key signs the checkpoint, too")
        .invalid(
            "signed-by-the-new-key-alone",
            document(proven(toTwo, 1, log, List.of(TWO))),
            "is not proved",
            "the old key signs the checkpoint")
        .invalid(
            "proof-of-another-entry",
            document(proven(toThree, 1, log, List.of(ONE, TWO))),
            "is not proved",
            "the proof is of the entry beside it")
        .invalid(
            "proof-of-another-index",
            document(first.replace("index 1\\n", "index 0\\n")),
            "is not proved",
            "the index is the entry's")
        .invalid(
            "no-rotation",
            document(proven(NaiveTree.entries(1).get(0), 0, log, List.of(ONE))),
            "entry",
            "an entry of kind 10")
        .invalid(
            "entry-in-capitals",
            document(
                first.replace(toTwo.toHex(), toTwo.toHex().toUpperCase(java.util.Locale.ROOT))),
            "entry",
            "hexadecimal digits are lowercase")
        .invalid(
            "no-proof",
            document("{\"entry\":\"" + toTwo.toHex() + "\"}"),
            "proof",
            "a missing field")
        .invalid(
            "another-field-in-a-rotation",
            document(first.replace(",\"proof\"", ",\"more\":1,\"proof\"")),
            "more",
            "an unknown field")
        .invalid("another-field", "{\"more\":1,\"rotations\":[]}", "more", "an unknown field")
        .invalid("no-field", "{}", "rotations", "a missing field")
        .invalid("no-list", "{\"rotations\":{}}", "rotations", "a list")
        .invalid("newline-after", document() + "\n", "canonical", "nothing follows the object")
        .invalid("empty", "", "character", "nothing at all");
  }
}
