package org.almoner.ledger.golden;

import static org.almoner.ledger.golden.GoldenKeys.LOG;
import static org.almoner.ledger.golden.GoldenKeys.ORIGIN;
import static org.almoner.ledger.golden.GoldenKeys.SECONDS;
import static org.almoner.ledger.golden.GoldenKeys.WITNESS;
import static org.almoner.ledger.golden.NoteFiles.line;
import static org.almoner.ledger.golden.NoteFiles.unknown;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.almoner.ledger.note.Ed25519NoteSigner;
import org.almoner.ledger.note.NoteSignature;
import org.almoner.protocol.bytes.Bytes;

/** Checkpoints and their cosignatures. Texts that are no checkpoint are soundly signed, too. */
final class CheckpointFiles {
  private static final String TEXT = GoldenKeys.checkpoint(7).noteText();
  private static final String ROOT = TEXT.split("\n", -1)[2];
  private static final String EMPTY_ROOT = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

  private CheckpointFiles() {}

  static List<GoldenFiles> all() {
    return List.of(checkpoints(), cosignatures());
  }

  static String signed(String text) {
    return text + "\n" + line(LOG, text);
  }

  private static String of(String origin, String size, String root) {
    return signed(origin + "\n" + size + "\n" + root + "\n");
  }

  private static GoldenFiles checkpoints() {
    GoldenFiles files = new GoldenFiles(GoldenFormat.CHECKPOINT);
    files
        .valid("seven-entries", signed(TEXT))
        .valid("no-entries", of(ORIGIN, "0", EMPTY_ROOT))
        .valid("largest-size", of(ORIGIN, "9223372036854775807", ROOT))
        .valid("extension-line", signed(TEXT + "an extension\n"))
        .valid("two-extension-lines", signed(TEXT + "one\ntwo\n"))
        .valid("two-keys-of-the-log", signed(TEXT) + line(GoldenKeys.SECOND_LOG, TEXT))
        .valid("second-key-alone", TEXT + "\n" + line(GoldenKeys.SECOND_LOG, TEXT))
        .valid("unknown-signature-first", TEXT + "\n" + unknown(3, 64) + line(LOG, TEXT));
    return wrongRoots(wrongSizes(files))
        .invalid("root-missing", signed(ORIGIN + "\n7\n"), "three lines", "two lines")
        .invalid("origin-alone", signed(ORIGIN + "\n"), "three lines", "one line")
        .invalid("empty-origin", of("", "7", ROOT), "line 1 is empty", "the origin is not empty")
        .invalid(
            "empty-extension-line",
            signed(TEXT + "\n"),
            "line 4 is empty",
            "no extension line is empty")
        .invalid(
            "empty-line-between-extensions",
            signed(TEXT + "one\n\ntwo\n"),
            "line 5 is empty",
            "no extension line is empty")
        .invalid(
            "another-origin",
            of("log.example.org/other", "7", ROOT),
            "log.example.org/other",
            "the log's key, but another log's text")
        .invalid(
            "origin-in-capitals",
            of("LOG.example.org/golden", "7", ROOT),
            "LOG.example.org",
            "origins are compared octet by octet")
        .invalid("unsigned", TEXT, "blank line", "a text without signatures")
        .invalid(
            "signed-by-a-stranger",
            TEXT + "\n" + line(new Ed25519NoteSigner(ORIGIN, GoldenKeys.key(9)), TEXT),
            "none of the keys",
            "the right name with another key")
        .invalid(
            "size-changed",
            signed(TEXT).replace("\n7\n", "\n8\n"),
            ORIGIN,
            "the signature is of size 7")
        .invalid(
            "extension-line-added",
            TEXT + "an extension\n\n" + line(LOG, TEXT),
            ORIGIN,
            "extension lines are signed");
  }

  private static GoldenFiles wrongSizes(GoldenFiles files) {
    String line = "line 2";
    return files
        .invalid("leading-zero", of(ORIGIN, "07", ROOT), line, "no leading zeros")
        .invalid("two-zeros", of(ORIGIN, "00", EMPTY_ROOT), line, "no leading zeros")
        .invalid("plus-sign", of(ORIGIN, "+7", ROOT), line, "digits only")
        .invalid("minus-sign", of(ORIGIN, "-7", ROOT), line, "digits only")
        .invalid("space-before-the-size", of(ORIGIN, " 7", ROOT), line, "digits only")
        .invalid("hexadecimal", of(ORIGIN, "0x7", ROOT), line, "decimal digits only")
        .invalid("digits-of-another-script", of(ORIGIN, "\u0667", ROOT), line, "ASCII digits only")
        .invalid("fraction", of(ORIGIN, "7.0", ROOT), line, "digits only")
        .invalid(
            "empty-size", of(ORIGIN, "", ROOT), "line 2 is empty", "a size has at least one digit")
        .invalid(
            "two-to-the-63",
            of(ORIGIN, "9223372036854775808", ROOT),
            line,
            "Almoner's limit is 2^63 - 1")
        .invalid(
            "two-to-the-64", of(ORIGIN, "18446744073709551616", ROOT), line, "more than 64 bits");
  }

  private static GoldenFiles wrongRoots(GoldenFiles files) {
    String line = "line 3";
    return files
        .invalid(
            "root-of-31-octets",
            of(ORIGIN, "7", Base64Texts.base64(31)),
            line,
            "SHA-256 has 32 octets")
        .invalid(
            "root-of-33-octets",
            of(ORIGIN, "7", Base64Texts.base64(33)),
            line,
            "SHA-256 has 32 octets")
        .invalid(
            "root-without-padding",
            of(ORIGIN, "7", ROOT.replace("=", "")),
            line,
            "base64 has padding")
        .invalid(
            "root-with-stray-bits",
            of(ORIGIN, "7", Base64Texts.stray(ROOT)),
            line,
            "one text for each root")
        .invalid(
            "root-in-hexadecimal",
            of(ORIGIN, "7", "00".repeat(32)),
            line,
            "48 octets when read as base64")
        .invalid("space-after-the-root", of(ORIGIN, "7", ROOT + " "), line, "a space is no base64")
        .invalid(
            "wrong-root-of-nothing",
            of(ORIGIN, "0", ROOT),
            "empty tree",
            "the empty tree has one root, SHA-256 of nothing");
  }

  private static String cosigned(NoteSignature signature) {
    return signed(TEXT) + signature.format() + "\n";
  }

  private static NoteSignature withOctets(byte[] octets) {
    return new NoteSignature(
        WITNESS.verifier().name(), WITNESS.verifier().keyId(), Bytes.of(octets));
  }

  private static GoldenFiles cosignatures() {
    NoteSignature good = WITNESS.sign(TEXT, SECONDS);
    byte[] octets = good.signature().toArray();
    byte[] later = octets.clone();
    later[7] ^= 1;
    byte[] flipped = octets.clone();
    flipped[20] ^= 1;
    byte[] zero = zeroTime();
    byte[] timeless = Arrays.copyOfRange(octets, 8, octets.length);
    String extended = TEXT + "an extension\n";
    String part = WITNESS.verifier().name();
    NoteSignature log = LOG.sign(TEXT);
    return new GoldenFiles(GoldenFormat.COSIGNATURE)
        .valid("one-witness", cosigned(good))
        .valid(
            "two-witnesses",
            cosigned(good) + GoldenKeys.SECOND_WITNESS.sign(TEXT, SECONDS + 1).format() + "\n")
        .valid("the-witness-first", TEXT + "\n" + good.format() + "\n" + line(LOG, TEXT))
        .valid("the-first-second", cosigned(WITNESS.sign(TEXT, 1)))
        .valid(
            "with-an-extension-line",
            signed(extended) + WITNESS.sign(extended, SECONDS).format() + "\n")
        .valid("an-unknown-witness-beside", cosigned(good) + unknown(4, 72))
        .invalid("no-cosignature", signed(TEXT), "none of the keys", "the log alone signed")
        .invalid(
            "only-an-unknown-witness",
            signed(TEXT) + unknown(4, 72),
            "none of the keys",
            "no witness known here signed")
        .invalid(
            "witness-without-log",
            TEXT + "\n" + good.format() + "\n",
            "none of the keys",
            "a witness's line does not stand for the log's")
        .invalid(
            "time-zero",
            cosigned(withOctets(zero)),
            part,
            "the time is not 0, though the signature fits it")
        .invalid("time-changed", cosigned(withOctets(later)), part, "the time is signed")
        .invalid("bit-flipped", cosigned(withOctets(flipped)), part, "one bit of the signature")
        .invalid("no-time", cosigned(withOctets(timeless)), part, "64 octets instead of 72")
        .invalid(
            "one-octet-more",
            cosigned(withOctets(Arrays.copyOf(octets, 73))),
            part,
            "73 octets instead of 72")
        .invalid(
            "of-the-text-alone",
            cosigned(textAlone()),
            part,
            "signed as a log signs, without its two lines before the text")
        .invalid(
            "of-another-checkpoint",
            cosigned(WITNESS.sign(extended, SECONDS)),
            part,
            "extension lines are cosigned")
        .invalid(
            "the-logs-octets-as-witness",
            cosigned(withOctets(log.signature().toArray())),
            part,
            "the log's signature under the witness's name");
  }

  private static byte[] zeroTime() {
    byte[] message = GoldenFormat.utf8("cosignature/v1\ntime 0\n" + TEXT);
    byte[] ed25519 = GoldenKeys.key(0x11).sign(message).octets().toArray();
    return ByteBuffer.allocate(72).putLong(0).put(ed25519).array();
  }

  private static NoteSignature textAlone() {
    byte[] ed25519 = GoldenKeys.key(0x11).sign(GoldenFormat.utf8(TEXT)).octets().toArray();
    return withOctets(ByteBuffer.allocate(72).putLong(SECONDS).put(ed25519).array());
  }
}
