package org.almoner.ledger.golden;

import static org.almoner.ledger.golden.GoldenKeys.LOG;
import static org.almoner.ledger.golden.GoldenKeys.STRANGER;
import static org.almoner.ledger.golden.GoldenKeys.WITNESS;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.almoner.ledger.note.CanonicalBase64;
import org.almoner.ledger.note.NoteSignature;
import org.almoner.ledger.note.NoteSigner;
import org.almoner.protocol.bytes.Bytes;

/** Signed notes and verifier keys. */
final class NoteFiles {
  private static final String TEXT = "one line\nand another\n";
  private static final String LINE = line(LOG, TEXT);

  private NoteFiles() {}

  static List<GoldenFiles> all() {
    return List.of(notes(), vkeys(GoldenFormat.VKEY, LOG.verifier().format(), 0x01), cosigners());
  }

  static String line(NoteSigner signer, String text) {
    return signer.sign(text).format() + "\n";
  }

  /** A line of a key nobody knows, with a signature of {@code octets} octets. */
  static String unknown(int number, int octets) {
    byte[] signature = new byte[octets];
    Arrays.fill(signature, (byte) number);
    return new NoteSignature("unknown.example.org/" + number, number, Bytes.of(signature)).format()
        + "\n";
  }

  private static String unknown(int count) {
    StringBuilder lines = new StringBuilder();
    for (int i = 1; i <= count; i++) {
      lines.append(unknown(i, 64));
    }
    return lines.toString();
  }

  /** The log's line with its octets changed. */
  private static String lineOf(byte[] idAndSignature) {
    return lineNamed(GoldenKeys.ORIGIN, CanonicalBase64.encode(Bytes.of(idAndSignature)));
  }

  private static String lineNamed(String name, String base64) {
    return "\u2014 " + name + " " + base64 + "\n";
  }

  private static byte[] octets(String line) {
    return CanonicalBase64.decode(line.substring(line.lastIndexOf(' ') + 1).strip()).toArray();
  }

  private static GoldenFiles notes() {
    GoldenFiles files = new GoldenFiles(GoldenFormat.NOTE);
    String blank = "a blank line\n\nwithin\n";
    String marked = TEXT + "\n" + LINE + "more text\n";
    String letters = "Grüße, 世界, 𝄞\n";
    files
        .valid("one-signature", TEXT + "\n" + LINE)
        .valid("blank-line-in-the-text", blank + "\n" + line(LOG, blank))
        .valid("text-that-is-one-newline", "\n\n" + line(LOG, "\n"))
        .valid("text-ends-with-a-blank-line", TEXT + "\n\n" + line(LOG, TEXT + "\n"))
        .valid("text-holds-a-signature-line", marked + "\n" + line(LOG, marked))
        .valid("text-beyond-ascii", letters + "\n" + line(LOG, letters))
        .valid("sixteen-unknown-signatures", TEXT + "\n" + unknown(16) + LINE)
        .valid("unknown-signature-of-one-octet", TEXT + "\n" + LINE + unknown(7, 1))
        .valid("unknown-signature-of-2420-octets", TEXT + "\n" + LINE + unknown(6, 2420))
        .valid("known-name-unknown-id", TEXT + "\n" + LINE + sameName())
        .valid("known-id-unknown-name", TEXT + "\n" + LINE + sameId())
        .valid("two-known-signatures", TEXT + "\n" + LINE + line(GoldenKeys.SECOND_LOG, TEXT))
        .valid("the-same-line-twice", TEXT + "\n" + LINE + LINE);
    return brokenSignatures(brokenLines(brokenTexts(files)));
  }

  private static String sameName() {
    byte[] octets = octets(LINE);
    octets[0] ^= 1;
    return lineOf(octets);
  }

  private static String sameId() {
    return lineNamed("other.example.org", LINE.substring(LINE.lastIndexOf(' ') + 1).strip());
  }

  private static GoldenFiles brokenTexts(GoldenFiles files) {
    String name = "control character";
    return files
        .invalid("empty", "", "newline", "nothing at all")
        .invalid(
            "no-newline-at-the-end",
            (TEXT + "\n" + LINE).strip(),
            "newline",
            "the last line is cut")
        .invalid("no-blank-line", TEXT + LINE, "blank line", "text and signatures are not apart")
        .invalid("no-signature", TEXT + "\n", "signatures", "a note has at least one signature")
        .invalid(
            "blank-line-at-the-end",
            TEXT + "\n" + LINE + "\n",
            "signatures",
            "the last blank line divides")
        .invalid("tab", tampered("a\tb\n"), name, "U+0009 in the text")
        .invalid("carriage-return", tampered("a\r\nb\r\n"), name, "CR LF in the text")
        .invalid("nul", tampered("a\0b\n"), name, "U+0000 in the text")
        .invalid("unit-separator", tampered("a\u001fb\n"), name, "U+001F in the text")
        .invalid(
            "not-utf8",
            (TEXT + "\u00e9\n\n" + LINE).getBytes(StandardCharsets.ISO_8859_1),
            "UTF-8",
            "the octet 0xE9 alone")
        .invalid(
            "text-only-newline-short",
            "\n" + LINE,
            "blank line",
            "one newline is no text and no blank line");
  }

  /** A text with a sound signature over it, though no note may have that text. */
  private static String tampered(String text) {
    return text + "\n" + line(LOG, text);
  }

  private static GoldenFiles brokenLines(GoldenFiles files) {
    String base64 = LINE.substring(LINE.lastIndexOf(' ') + 1).strip();
    String origin = GoldenKeys.ORIGIN;
    String bare = base64.substring(0, base64.length() - 1);
    String stray = "AAAABB==";
    return files
        .invalid(
            "hyphen", note("- " + origin + " " + base64 + "\n"), "em dash", "U+002D for U+2014")
        .invalid(
            "en-dash",
            note("\u2013 " + origin + " " + base64 + "\n"),
            "em dash",
            "U+2013 for U+2014")
        .invalid(
            "no-space-after-the-dash",
            note("\u2014" + origin + " " + base64 + "\n"),
            "em dash",
            "U+2014 U+0020 begins a line")
        .invalid(
            "two-spaces",
            note("\u2014  " + origin + " " + base64 + "\n"),
            "base64",
            "the name between the spaces is empty")
        .invalid(
            "two-spaces-before-base64",
            note(lineNamed(origin + " ", base64)),
            "base64",
            "a space is no base64")
        .invalid(
            "space-at-the-end",
            note(lineNamed(origin, base64 + " ")),
            "base64",
            "a space is no base64")
        .invalid(
            "name-alone",
            note("\u2014 " + origin + "\n"),
            "a name, a space and base64",
            "no second space")
        .invalid(
            "plus-in-the-name",
            note(lineNamed("a+b", base64)),
            "key name",
            "a key name has no plus")
        .invalid(
            "no-break-space-in-the-name",
            note(lineNamed("a\u00a0b", base64)),
            "key name",
            "U+00A0 is a Unicode space")
        .invalid(
            "ideographic-space-in-the-name",
            note(lineNamed("a\u3000b", base64)),
            "key name",
            "U+3000 is a Unicode space")
        .invalid(
            "line-separator-in-the-name",
            note(lineNamed("a\u2028b", base64)),
            "key name",
            "U+2028 is a Unicode space")
        .invalid(
            "next-line-in-the-name",
            note(lineNamed("a\u0085b", base64)),
            "key name",
            "U+0085 is a Unicode space")
        .invalid(
            "base64url",
            note(lineNamed(origin, base64.replace('/', '_').replace('+', '-'))),
            "base64",
            "the other alphabet")
        .invalid(
            "padding-missing",
            note(lineNamed(origin, bare)),
            "base64",
            "RFC 4648 section 4 with padding")
        .invalid(
            "stray-bits",
            note(lineNamed("unknown.example.org", stray)),
            "stray bits",
            "the last digit has bits that mean nothing")
        .invalid(
            "key-id-without-signature",
            note(lineNamed("unknown.example.org", "AAAAAQ==")),
            "at least one octet",
            "4 octets are the key id alone")
        .invalid(
            "key-id-cut",
            note(lineNamed("unknown.example.org", "AAAA")),
            "at least one octet",
            "3 octets are not even a key id")
        .invalid(
            "text-between-signatures",
            note(LINE + "text\n"),
            "em dash",
            "only signature lines follow the blank line")
        .invalid(
            "too-many-signatures",
            note(unknown(100)),
            "more than 100",
            "Almoner's limit; 16 must be read");
  }

  private static String note(String before) {
    return TEXT + "\n" + before + LINE;
  }

  private static GoldenFiles brokenSignatures(GoldenFiles files) {
    byte[] flipped = octets(LINE);
    flipped[10] ^= 1;
    byte[] longer = Arrays.copyOf(octets(LINE), octets(LINE).length + 1);
    byte[] shorter = Arrays.copyOf(octets(LINE), octets(LINE).length - 1);
    List<String> known = new ArrayList<>();
    for (byte[] octets : List.of(flipped, longer, shorter)) {
      known.add(lineOf(octets));
    }
    String part = GoldenKeys.ORIGIN;
    return files
        .invalid(
            "only-unknown-keys",
            TEXT + "\n" + line(STRANGER, TEXT),
            "none of the keys",
            "nobody known signed")
        .invalid(
            "known-name-unknown-id",
            TEXT + "\n" + sameName(),
            "none of the keys",
            "name and key id must both fit")
        .invalid(
            "known-id-unknown-name",
            TEXT + "\n" + sameId(),
            "none of the keys",
            "name and key id must both fit")
        .invalid("bit-flipped", TEXT + "\n" + known.get(0), part, "one bit of the signature")
        .invalid(
            "one-octet-more",
            TEXT + "\n" + known.get(1),
            part,
            "a sound signature and a 0 after it")
        .invalid("one-octet-less", TEXT + "\n" + known.get(2), part, "63 octets")
        .invalid(
            "good-then-bad",
            TEXT + "\n" + LINE + known.get(0),
            part,
            "one bad line of a known key rejects the note")
        .invalid(
            "bad-then-good",
            TEXT + "\n" + known.get(0) + LINE,
            part,
            "one bad line of a known key rejects the note")
        .invalid(
            "of-another-text",
            "one line\nand another one\n\n" + LINE,
            part,
            "the signature is of another text")
        .invalid(
            "of-the-text-with-its-blank-line",
            TEXT + "\n" + line(LOG, TEXT + "\n"),
            part,
            "the blank line is not signed");
  }

  private static GoldenFiles cosigners() {
    return vkeys(GoldenFormat.COSIGNER_VKEY, WITNESS.verifier().format(), 0x04);
  }

  private static GoldenFiles vkeys(GoldenFormat format, String good, int type) {
    int first = good.indexOf('+');
    String name = good.substring(0, first);
    String id = good.substring(first + 1, first + 9);
    String base64 = good.substring(first + 10);
    byte[] key = CanonicalBase64.decode(base64).toArray();
    byte[] other = key.clone();
    other[0] = (byte) (type == 1 ? 4 : 1);
    byte[] lowOrder = new byte[key.length];
    lowOrder[0] = (byte) type;
    lowOrder[1] = 1;
    String typed = "type 0x0" + type;
    return new GoldenFiles(format)
        .valid("key", good)
        .invalid("empty", "", "<name>", "nothing at all")
        .invalid("name-alone", name, "<name>", "three parts with a plus between them")
        .invalid("no-name", "+" + id + "+" + base64, "key name", "the name is empty")
        .invalid(
            "space-in-the-name", "a b+" + id + "+" + base64, "key name", "a key name has no space")
        .invalid(
            "plus-in-the-name",
            "a+b+" + id + "+" + base64,
            "base64",
            "the parts come apart at the first two pluses")
        .invalid(
            "another-id",
            name + "+00000000+" + base64,
            "key id",
            "not the digest of name, type and key")
        .invalid(
            "capital-id",
            name + "+" + id.toUpperCase(java.util.Locale.ROOT) + "+" + base64,
            "key id",
            "the id has lowercase digits")
        .invalid(
            "short-id",
            name + "+" + id.substring(1) + "+" + base64,
            "key id",
            "the id has 8 digits")
        .invalid(
            "another-name",
            "other.example.org+" + id + "+" + base64,
            "key id",
            "the id binds the name")
        .invalid(
            "another-type",
            name + "+" + id + "+" + encoded(other),
            typed,
            "the octet before the key")
        .invalid(
            "short-key",
            name + "+" + id + "+" + encoded(Arrays.copyOf(key, 32)),
            "32 octets",
            "31 octets of key")
        .invalid(
            "long-key",
            name + "+" + id + "+" + encoded(Arrays.copyOf(key, 34)),
            "32 octets",
            "33 octets of key")
        .invalid(
            "low-order-key",
            name + "+" + id + "+" + encoded(lowOrder),
            "low-order",
            "a key under which one signature fits many texts")
        .invalid("newline-at-the-end", good + "\n", "base64", "one line without its newline")
        .invalid(
            "stray-bits",
            name + "+" + id + "+" + base64 + "====",
            "base64",
            "padding that is not needed");
  }

  private static String encoded(byte[] octets) {
    return CanonicalBase64.encode(Bytes.of(octets));
  }
}
