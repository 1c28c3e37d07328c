package org.almoner.ledger.golden;

import static org.almoner.ledger.golden.CheckpointFiles.signed;
import static org.almoner.ledger.golden.GoldenKeys.ORIGIN;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.almoner.ledger.note.CanonicalBase64;
import org.almoner.ledger.tree.NaiveTree;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/** Proof files for entry 5 of 7, and requests to a witness from 3 entries to 7. */
final class ProofFiles {
  private static final String HEAD = "c2sp.org/tlog-proof@v1\n";
  private static final String SEVEN = signed(GoldenKeys.checkpoint(7).noteText());
  private static final List<String> PATH = texts(NaiveTree.path(5, NaiveTree.entries(7)));
  private static final List<String> GROWTH = texts(NaiveTree.consistency(3, NaiveTree.entries(7)));

  private ProofFiles() {}

  static List<GoldenFiles> all() {
    return List.of(proofs(), requests());
  }

  private static List<String> texts(List<Hash> hashes) {
    return hashes.stream().map(h -> CanonicalBase64.encode(Bytes.of(h.toArray())) + "\n").toList();
  }

  private static String proof(String lines, List<String> hashes, String checkpoint) {
    return HEAD + lines + String.join("", hashes) + "\n" + checkpoint;
  }

  private static List<String> path(int index, int size) {
    return texts(NaiveTree.path(index, NaiveTree.entries(size)));
  }

  /** The path with line {@code i} (from 0) replaced. */
  private static List<String> with(List<String> hashes, int i, String line) {
    List<String> changed = new ArrayList<>(hashes);
    changed.set(i, line);
    return changed;
  }

  private static GoldenFiles proofs() {
    GoldenFiles files = new GoldenFiles(GoldenFormat.TLOG_PROOF);
    String text = GoldenKeys.checkpoint(7).noteText() + "an extension\n";
    files
        .valid("entry-5-of-7", proof("index 5\n", PATH, SEVEN))
        .valid(
            "entry-0-of-1",
            proof("index 0\n", List.of(), signed(GoldenKeys.checkpoint(1).noteText())))
        .valid("entry-6-of-7", proof("index 6\n", path(6, 7), SEVEN))
        .valid(
            "entry-299-of-300",
            proof("index 299\n", path(299, 300), signed(GoldenKeys.checkpoint(300).noteText())))
        .valid("extra", proof("extra b2N0ZXRz\nindex 5\n", PATH, SEVEN))
        .valid("extension-line", proof("index 5\n", PATH, signed(text)))
        .valid("cosigned", proof("index 5\n", PATH, SEVEN + cosignature()));
    return wrongProofs(wrongHeads(files));
  }

  private static String cosignature() {
    String text = GoldenKeys.checkpoint(7).noteText();
    return GoldenKeys.WITNESS.sign(text, GoldenKeys.SECONDS).format() + "\n";
  }

  private static GoldenFiles wrongHeads(GoldenFiles files) {
    String file = proof("index 5\n", PATH, SEVEN);
    return files
        .invalid("empty", "", "blank line", "nothing at all")
        .invalid("no-blank-line", HEAD + "index 5\n", "blank line", "no checkpoint")
        .invalid("version-2", file.replace("@v1", "@v2"), "line 1", "another version")
        .invalid(
            "first-line-missing",
            file.substring(HEAD.length()),
            "line 1",
            "the file says what it is")
        .invalid("byte-order-mark", "\ufeff" + file, "line 1", "U+FEFF before the first line")
        .invalid("carriage-returns", file.replace("\n", "\r\n"), "blank line", "lines end with LF")
        .invalid("index-missing", proof("", PATH, SEVEN), "line 2", "no index")
        .invalid("nothing-but-the-head", proof("", List.of(), SEVEN), "line 2", "no index")
        .invalid(
            "index-with-leading-zero",
            proof("index 05\n", PATH, SEVEN),
            "line 2, index",
            "no leading zeros")
        .invalid("index-negative", proof("index -5\n", PATH, SEVEN), "line 2, index", "digits only")
        .invalid(
            "index-with-two-spaces", proof("index  5\n", PATH, SEVEN), "line 2, index", "one space")
        .invalid(
            "index-in-capitals", proof("Index 5\n", PATH, SEVEN), "line 2", "the word is index")
        .invalid(
            "index-empty", proof("index \n", PATH, SEVEN), "line 2, index", "at least one digit")
        .invalid(
            "index-of-two-to-the-63",
            proof("index 9223372036854775808\n", PATH, SEVEN),
            "line 2, index",
            "Almoner's limit is 2^63 - 1")
        .invalid(
            "extra-after-index",
            proof("index 5\nextra b2N0ZXRz\n", PATH, SEVEN),
            "line 3",
            "extra comes before index")
        .invalid(
            "extra-twice",
            proof("extra b2N0ZXRz\nextra b2N0ZXRz\nindex 5\n", PATH, SEVEN),
            "line 3",
            "one extra line")
        .invalid(
            "extra-empty",
            proof("extra \nindex 5\n", PATH, SEVEN),
            "line 2, extra",
            "without extra octets there is no extra line")
        .invalid(
            "extra-without-padding",
            proof("extra b2N0ZXQ\nindex 5\n", PATH, SEVEN),
            "line 2, extra",
            "base64 has padding");
  }

  private static GoldenFiles wrongProofs(GoldenFiles files) {
    List<String> longer = new ArrayList<>(PATH);
    longer.add(Base64Texts.base64(32) + "\n");
    List<String> blankWithin = with(PATH, 1, "\n");
    String stray = Base64Texts.stray(PATH.get(0).strip()) + "\n";
    String note = "the checkpoint of the proof";
    return files
        .invalid(
            "hash-of-31-octets",
            proof("index 5\n", with(PATH, 0, Base64Texts.base64(31) + "\n"), SEVEN),
            "line 3, hash",
            "a hash has 32 octets")
        .invalid(
            "hash-of-33-octets",
            proof("index 5\n", with(PATH, 1, Base64Texts.base64(33) + "\n"), SEVEN),
            "line 4, hash",
            "a hash has 32 octets")
        .invalid(
            "hash-with-stray-bits",
            proof("index 5\n", with(PATH, 0, stray), SEVEN),
            "line 3, hash",
            "one text for each hash")
        .invalid(
            "hash-with-space-after",
            proof("index 5\n", with(PATH, 2, PATH.get(2).strip() + " \n"), SEVEN),
            "line 5, hash",
            "a space is no base64")
        .invalid(
            "blank-line-among-the-hashes",
            proof("index 5\n", blankWithin, SEVEN),
            ORIGIN,
            "the first blank line ends the hashes, the text behind it is not the signed one")
        .invalid(
            "64-hashes",
            proof("index 5\n", Collections.nCopies(64, longer.get(3)), SEVEN),
            "at most 63",
            "no tree below 2^63 entries has so long a proof")
        .invalid(
            "one-hash-too-many",
            proof("index 5\n", longer, SEVEN),
            "too long",
            "a size of 7 needs 3 hashes for entry 5")
        .invalid(
            "one-hash-too-few",
            proof("index 5\n", PATH.subList(0, 2), SEVEN),
            "too short",
            "a size of 7 needs 3 hashes for entry 5")
        .invalid(
            "hashes-in-reverse",
            proof("index 5\n", List.of(PATH.get(2), PATH.get(1), PATH.get(0)), SEVEN),
            "root",
            "from the leaf up")
        .invalid(
            "hash-changed",
            proof("index 5\n", with(PATH, 1, Base64Texts.base64(32) + "\n"), SEVEN),
            "root",
            "leads to another root")
        .invalid(
            "index-of-another-entry",
            proof("index 4\n", PATH, SEVEN),
            "root",
            "entry 4 is not there")
        .invalid(
            "index-beyond-the-size",
            proof("index 7\n", PATH, SEVEN),
            "size 7",
            "indexes end before the size")
        .invalid(
            "index-beyond-the-size-with-a-fitting-walk",
            proof("index 13\n", PATH, SEVEN),
            "size 7",
            "the low bits of 13 are those of 5")
        .invalid(
            "checkpoint-of-another-size",
            proof("index 5\n", PATH, signed(GoldenKeys.checkpoint(8).noteText())),
            "root",
            "a proof holds for one size")
        .invalid(
            "checkpoint-of-another-origin",
            proof(
                "index 5\n",
                PATH,
                signed(
                    GoldenKeys.checkpoint(7).noteText().replace(ORIGIN, "log.example.org/other"))),
            "log.example.org/other",
            "the log's key, but another log's text")
        .invalid(
            "checkpoint-unsigned",
            proof("index 5\n", PATH, GoldenKeys.checkpoint(7).noteText()),
            note,
            "no signature line")
        .invalid(
            "checkpoint-missing",
            proof("index 5\n", PATH, ""),
            note,
            "nothing after the blank line")
        .invalid(
            "checkpoint-with-leading-zero",
            proof(
                "index 5\n",
                PATH,
                signed(GoldenKeys.checkpoint(7).noteText().replace("\n7\n", "\n07\n"))),
            "line 2, size",
            "the rules of a checkpoint hold inside, too");
  }

  private static String request(String old, List<String> hashes, String checkpoint) {
    return "old " + old + "\n" + String.join("", hashes) + "\n" + checkpoint;
  }

  private static GoldenFiles requests() {
    GoldenFiles files = new GoldenFiles(GoldenFormat.ADD_CHECKPOINT);
    String good = request("3", GROWTH, SEVEN);
    files
        .valid("from-3-to-7", good)
        .valid("from-nothing", request("0", List.of(), SEVEN))
        .valid("the-same-size", request("7", List.of(), SEVEN))
        .valid(
            "from-a-power-of-two",
            request("4", texts(NaiveTree.consistency(4, NaiveTree.entries(7))), SEVEN))
        .valid("cosigned-before", request("3", GROWTH, SEVEN + cosignature()))
        .invalid("empty", "", "empty line", "nothing at all")
        .invalid("no-blank-line", "old 3\n", "empty line", "no checkpoint")
        .invalid("old-missing", String.join("", GROWTH) + "\n" + SEVEN, "line 1", "no old size")
        .invalid(
            "old-with-leading-zero", request("03", GROWTH, SEVEN), "line 1", "no leading zeros")
        .invalid("old-negative", request("-3", GROWTH, SEVEN), "line 1", "digits only")
        .invalid("old-in-capitals", "O" + good.substring(1), "line 1", "the word is old")
        .invalid("old-without-size", request("", GROWTH, SEVEN), "line 1", "at least one digit")
        .invalid(
            "old-of-two-to-the-63",
            request("9223372036854775808", GROWTH, SEVEN),
            "line 1",
            "Almoner's limit is 2^63 - 1")
        .invalid("carriage-return", good.replaceFirst("\n", "\r\n"), "line 1", "lines end with LF")
        .invalid(
            "64-hashes",
            request("3", Collections.nCopies(64, GROWTH.get(0)), SEVEN),
            "at most 63",
            "at most 63 proof lines")
        .invalid(
            "hash-of-31-octets",
            request("3", with(GROWTH, 1, Base64Texts.base64(31) + "\n"), SEVEN),
            "line 3, hash",
            "a hash has 32 octets")
        .invalid(
            "hash-without-padding",
            request("3", with(GROWTH, 0, GROWTH.get(0).replace("=", "")), SEVEN),
            "line 2, hash",
            "base64 has padding")
        .invalid(
            "hash-with-stray-bits",
            request("3", with(GROWTH, 0, Base64Texts.stray(GROWTH.get(0).strip()) + "\n"), SEVEN),
            "line 2, hash",
            "one text for each hash")
        .invalid(
            "checkpoint-missing", request("3", GROWTH, ""), "note", "nothing after the blank line")
        .invalid(
            "checkpoint-unsigned",
            request("3", GROWTH, GoldenKeys.checkpoint(7).noteText()),
            "blank line",
            "no signature line");
    return wrongGrowth(files);
  }

  private static GoldenFiles wrongGrowth(GoldenFiles files) {
    return files
        .invalid(
            "old-beyond-the-checkpoint",
            request("8", List.of(), SEVEN),
            "8",
            "a witness answers 400")
        .invalid("proof-missing", request("3", List.of(), SEVEN), "proof", "a witness answers 422")
        .invalid(
            "proof-too-short",
            request("3", GROWTH.subList(0, 2), SEVEN),
            "proof",
            "a witness answers 422")
        .invalid(
            "proof-of-another-size", request("2", GROWTH, SEVEN), "proof", "a witness answers 422")
        .invalid(
            "proof-from-nothing",
            request("0", GROWTH, SEVEN),
            "no hashes",
            "from nothing the proof is empty; a witness answers 422")
        .invalid(
            "proof-of-the-same-size",
            request("7", GROWTH, SEVEN),
            "no hashes",
            "from the same size the proof is empty; a witness answers 422");
  }
}
