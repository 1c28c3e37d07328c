package org.almoner.ledger.golden;

import java.util.List;
import org.almoner.ledger.witness.Cosigner;

/** Policies: which witnesses a reader believes. */
final class PolicyFiles {
  private static final String LOG = "log " + GoldenKeys.LOG.verifier().format() + "\n";
  private static final String A = witness("a", 0x21);
  private static final String B = witness("b", 0x22);
  private static final String C = witness("c", 0x23);

  private PolicyFiles() {}

  private static String vkey(int octet) {
    return new Cosigner("witness.example.org/" + octet, GoldenKeys.key(octet)).verifier().format();
  }

  private static String witness(String name, int octet) {
    return "witness " + name + " " + vkey(octet) + "\n";
  }

  private static String many() {
    StringBuilder policy = new StringBuilder();
    StringBuilder group = new StringBuilder("group most 17");
    for (int i = 0; i < 32; i++) {
      policy.append(witness("w" + i, 0x40 + i));
      group.append(" w").append(i);
    }
    return policy.append(group).append("\nquorum most\n").toString();
  }

  static List<GoldenFiles> all() {
    GoldenFiles files = new GoldenFiles(GoldenFormat.POLICY);
    files
        .valid("nobody", "quorum none\n")
        .valid("one-witness", LOG + A + "quorum a\n")
        .valid(
            "log-with-address",
            LOG.strip() + " https://log.example.org/golden\n" + A + "quorum a\n")
        .valid(
            "witness-with-address", LOG + A.strip() + " https://witness.example.org/\nquorum a\n")
        .valid("two-of-three", A + B + C + "group g 2 a b c\nquorum g\n")
        .valid(
            "all-and-any",
            A + B + C + "group inner any a b\ngroup outer all inner c\nquorum outer\n")
        .valid("quorum-before-other-lines", A + "quorum a\n" + LOG + B)
        .valid("thirty-two-witnesses", many())
        .valid(
            "comments-and-blanks",
            "# who is believed\n\n  " + A + "\t" + B + "group  g\tany a  b\n  # end\nquorum g\n")
        .valid("no-newline-at-the-end", "quorum none");
    return List.of(wrongGroups(wrongLines(files)));
  }

  private static GoldenFiles wrongLines(GoldenFiles files) {
    String key = A.split(" ", -1)[2].strip();
    return files
        .invalid("empty", "", "quorum", "exactly one quorum line")
        .invalid("no-quorum", LOG + A, "quorum", "exactly one quorum line")
        .invalid("two-quorums", A + B + "quorum a\nquorum b\n", "line 4", "exactly one quorum line")
        .invalid(
            "quorum-without-name",
            A + "quorum\n",
            "line 2",
            "the name of a witness or group, or none")
        .invalid(
            "quorum-of-two-names",
            A + B + "quorum a b\n",
            "line 3",
            "one name; a group is for more")
        .invalid("quorum-unknown", A + "quorum b\n", "line 2", "no line before names b")
        .invalid(
            "quorum-before-its-witness",
            "quorum a\n" + A,
            "line 1",
            "names stand before they are used")
        .invalid(
            "unknown-word",
            A + "witnesses b\nquorum a\n",
            "line 2",
            "log, witness, group or quorum")
        .invalid("word-in-capitals", "Quorum none\n", "line 1", "words are lowercase")
        .invalid(
            "comment-after-a-line",
            A.strip() + " x #comment\nquorum a\n",
            "line 1",
            "a comment is a line of its own")
        .invalid("log-without-key", "log\nquorum none\n", "line 1", "log VKEY [URL]")
        .invalid(
            "log-with-a-witness-key",
            "log " + key + "\nquorum none\n",
            "line 1",
            "type 0x04 is no log's key")
        .invalid(
            "witness-without-name",
            "witness " + key + "\nquorum none\n",
            "line 1",
            "witness NAME VKEY [URL]")
        .invalid(
            "witness-with-a-log-key",
            "witness a " + GoldenKeys.LOG.verifier().format() + "\nquorum a\n",
            "line 1",
            "type 0x01 is no witness's key")
        .invalid(
            "witness-with-a-broken-key",
            A.replace("+B", "+C") + "quorum a\n",
            "line 1",
            "the key does not parse")
        .invalid(
            "witness-address-no-address", A.strip() + " http://[\nquorum a\n", "line 1", "no URL")
        .invalid(
            "witness-called-none",
            witness("none", 0x21) + "quorum none\n",
            "line 1",
            "none is no name")
        .invalid(
            "two-witnesses-of-one-name",
            A + witness("a", 0x22) + "quorum a\n",
            "line 2",
            "a name is given once")
        .invalid(
            "two-witnesses-of-one-key",
            A + witness("b", 0x21) + "quorum a\n",
            "line 2",
            "one key never counts twice")
        .invalid(
            "one-key-under-two-key-names",
            A + "witness b " + renamed() + "\nquorum a\n",
            "line 2",
            "one key never counts twice, whatever its name");
  }

  private static String renamed() {
    return new Cosigner("another.example.org", GoldenKeys.key(0x21)).verifier().format();
  }

  private static GoldenFiles wrongGroups(GoldenFiles files) {
    String three = A + B + C;
    return files
        .invalid(
            "group-without-members", A + "group g any\nquorum a\n", "line 2", "at least one member")
        .invalid(
            "group-of-unknown",
            A + "group g any a b\nquorum g\n",
            "line 2",
            "no line before names b")
        .invalid(
            "group-of-itself",
            A + "group g any a g\nquorum g\n",
            "line 2",
            "names stand before they are used")
        .invalid(
            "member-of-two-groups",
            three + "group g any a b\ngroup h any b c\nquorum h\n",
            "line 5",
            "a name is in at most one group")
        .invalid(
            "member-twice",
            A + "group g any a a\nquorum g\n",
            "line 2",
            "a name is in at most one group")
        .invalid(
            "group-named-as-a-witness",
            A + B + "group a any b\nquorum a\n",
            "line 3",
            "a name is given once")
        .invalid("none-of-a-group", A + "group g 0 a\nquorum g\n", "line 2", "K is at least 1")
        .invalid(
            "more-than-the-group",
            A + B + "group g 3 a b\nquorum g\n",
            "line 3",
            "K is at most the number of members")
        .invalid("negative-k", A + "group g -1 a\nquorum g\n", "line 2", "K is a plain decimal")
        .invalid(
            "k-no-number",
            A + "group g most a\nquorum g\n",
            "line 2",
            "all, any or a plain decimal")
        .invalid(
            "k-beyond-32-bits",
            A + "group g 4294967297 a\nquorum g\n",
            "line 2",
            "K is at most the number of members")
        .invalid(
            "k-with-plus", A + B + "group g +1 a b\nquorum g\n", "line 3", "K is a plain decimal")
        .invalid(
            "k-with-leading-zero",
            A + B + "group g 02 a b\nquorum g\n",
            "line 3",
            "K is a plain decimal")
        .invalid(
            "k-in-another-script",
            A + B + "group g \u0662 a b\nquorum g\n",
            "line 3",
            "K is a plain decimal of ASCII digits");
  }
}
