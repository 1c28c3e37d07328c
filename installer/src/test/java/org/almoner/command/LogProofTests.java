package org.almoner.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.almoner.ledger.append.FileCheckpointRegister;
import org.almoner.ledger.append.FileLogStore;
import org.almoner.ledger.append.Sequencer;
import org.almoner.ledger.entry.Commitment;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.entry.Settlement;
import org.almoner.ledger.note.Ed25519NoteSigner;
import org.almoner.ledger.note.SignedNote;
import org.almoner.ledger.witness.Cosigner;
import org.almoner.ledger.witness.WitnessPolicy;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.tax.verify.BelievedKey;
import org.almoner.tax.verify.BelievedLog;
import org.almoner.tax.verify.FormerLog;
import org.almoner.tax.verify.TrustFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an auditor does with a log from the command line: check it again, prove an entry. */
class LogProofTests {
  private static final String ORIGIN = "log.example/2026";
  private static final Ed25519NoteSigner SIGNER =
      new Ed25519NoteSigner(ORIGIN, SigningKey.of(new byte[32]));
  private static final String KEY = SIGNER.verifier().format();

  @TempDir Path temp;
  private Path log;

  @BeforeEach
  void logSomeEntries() throws Exception {
    log = log("log", "a", 5, Outcome.ACCEPTED, Outcome.NONE);
  }

  /** A log in files: usage lines that depend on a word, then a settlement. */
  private Path log(String name, String word, int lines, Outcome... outcomes) throws Exception {
    Path folder = temp.resolve(name);
    Path own = temp.resolve("own-" + name);
    try (FileLogStore store = FileLogStore.open(folder, own)) {
      FileCheckpointRegister register =
          new FileCheckpointRegister(folder.resolve("checkpoint"), own.resolve("lock"));
      Sequencer.create(ORIGIN, List.of(SIGNER), store, register);
      List<Entry> entries = new ArrayList<>();
      for (int i = 0; i < lines; i++) {
        Hash salt = Hash.sha256((word + i).getBytes(StandardCharsets.UTF_8));
        entries.add(Commitment.of(Kind.USAGE, ORIGIN, salt, 0, salt).entry());
      }
      if (outcomes.length > 0) {
        entries.add(new Settlement(0, List.of(outcomes)).entry());
      }
      Sequencer.open(ORIGIN, List.of(SIGNER), store, register)
          .commit(entries.stream().map(Entry::octets).toList(), Bytes.of(new byte[0]));
    }
    return folder;
  }

  private Said check(Path which) {
    return run(
        "log", "check", "--log", which.toString(), "--key", KEY, "--state", state().toString());
  }

  private Path state() {
    return temp.resolve("state");
  }

  @Test
  void aCheckCountsTheLinesAndRemembersTheLog() throws Exception {
    assertThat(check(log).out())
        .isEqualToNormalizingNewlines(
            "5 usage lines, 4 of them not settled yet\nok  log.example/2026, 6 entries, 0"
                + " findings\n");
    assertThat(check(log("grown", "a", 5, Outcome.ACCEPTED, Outcome.NONE)).code()).isZero();
    assertThat(kept()).hasSize(1);
    assertThat(state().resolve(kept().get(0))).hasSameTextualContentAs(log.resolve("checkpoint"));
  }

  @Test
  void aSmallerOrAnotherLogIsAFindingAndBothNotesAreKept() throws Exception {
    check(log);
    Path forked = log("forked", "b", 20);
    Path smaller = log("smaller", "a", 3);
    assertThat(check(forked).out())
        .contains("does not contain what this computer saw of it: ", "it was rewritten")
        .contains("FAILED  log.example/2026, 20 entries, 1 findings");
    Said said = check(smaller);
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out()).contains("it has 3 entries, and had 6 when last checked");
    List<String> notes = new ArrayList<>();
    for (String name : kept()) {
      notes.add(Files.readString(state().resolve(name)));
    }
    assertThat(notes).containsExactlyInAnyOrder(note(log), note(forked), note(smaller));
    assertThat(check(log).code()).isZero();
  }

  @Test
  void aDamagedCopyIsNotCalledRewritten() throws Exception {
    check(log);
    Path damaged = log("damaged", "a", 9);
    Files.delete(damaged.resolve("tile/0/000.p/9"));
    assertThat(check(damaged).out())
        .contains("tile/0/000.p/9 is missing from the log; what was read is damaged")
        .doesNotContain("it was rewritten");
    Path tile = log.resolve("tile/0/000.p/6");
    byte[] hashes = Files.readAllBytes(tile);
    hashes[0] ^= 1;
    Files.write(tile, hashes);
    assertThat(check(log).out()).contains("FAILED").doesNotContain("rewritten");
  }

  private static String note(Path log) throws Exception {
    return Files.readString(log.resolve("checkpoint"));
  }

  @Test
  void aDamagedStateIsToldAndLeftAlone() throws Exception {
    check(log);
    Path file = Files.writeString(state().resolve(kept().get(0)), "not a note");
    Said said = check(log);
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.err()).contains("the checkpoint seen last, cannot be read", "move it away");
    assertThat(file).hasContent("not a note");
  }

  @Test
  void aStateThatCannotBeWrittenIsToldAndTheCheckStillCounts() throws Exception {
    String name = ".log.example_2026." + KEY.split("\\+")[1] + ".checkpoint.tmp";
    Files.createDirectories(state().resolve(name)); // where the file would be written first
    Said said = check(log);
    assertThat(said.out()).contains("ok  log.example/2026, 6 entries, 0 findings");
    assertThat(said.err()).contains("could not be remembered in ").hasLineCount(1);
    assertThat(said.code()).isZero();
  }

  @Test
  void aCheckUnderATrustFileSaysWhetherTheQuorumSigned() throws Exception {
    Cosigner one = new Cosigner("one.example", SigningKey.of(Hash.sha256().toArray()));
    WitnessPolicy policy =
        WitnessPolicy.parse("witness one " + one.verifier().format() + "\nquorum one");
    BelievedLog believed = BelievedLog.of(List.of(SIGNER.verifier()));
    TrustFile trust = new TrustFile("Example", believed, List.of(Hash.ZERO), policy);
    Path file = Files.write(temp.resolve("trust.json"), trust.format().toArray());
    assertThat(underTrust(file))
        .contains("witnesses: none signed this checkpoint, not enough for the quorum")
        .contains("FAILED  log.example/2026, 6 entries, 1 findings");
    Path proof = temp.resolve("entry.tlog-proof");
    Said unwitnessed = proveUnder(file, proof);
    assertThat(unwitnessed.code()).isEqualTo(1);
    assertThat(unwitnessed.err()).contains("no proof was written: witnesses: none signed");
    assertThat(proof).doesNotExist();
    String leaf = prove("2", "--out", proof.toString()).out().strip().replace("leaf ", "");
    assertThat(verifyUnder(file, proof, leaf).code()).isEqualTo(1);
    assertThat(verifyUnder(file, proof, leaf).err()).contains("not enough for the quorum");
    Files.delete(proof);
    SignedNote note = SignedNote.parse(note(log));
    Files.writeString(
        log.resolve("checkpoint"),
        note.with(List.of(one.sign(note.text(), 1_800_000_000))).format());
    assertThat(underTrust(file))
        .contains("witnesses: one signed this checkpoint, enough for the", "ok  log.example/2026");
    assertThat(proveUnder(file, proof).code()).isZero();
    assertThat(verifyUnder(file, proof, leaf).code()).isZero();
    BelievedLog stolen =
        new BelievedLog(List.of(new BelievedKey(SIGNER.verifier(), 1_800_000_000)));
    TrustFile after = new TrustFile("Example", stolen, List.of(Hash.ZERO), policy);
    Files.write(file, after.format().toArray());
    assertThat(underTrust(file)).contains("before that moment none signed this checkpoint");
  }

  @Test
  void entriesBeyondTheEndOfAClosedLogAreNeitherCheckedNorProved() throws Exception {
    Ed25519NoteSigner next =
        new Ed25519NoteSigner("log.example/2027", SigningKey.of(Hash.sha256().toArray()));
    BelievedLog believed = BelievedLog.of(List.of(SIGNER.verifier()));
    Path proof = temp.resolve("entry.tlog-proof");
    String leaf = prove("2", "--out", proof.toString()).out().strip().replace("leaf ", "");
    for (boolean whole : new boolean[] {true, false}) {
      String end = note(whole ? log : log("short", "a", 3));
      FormerLog closed = FormerLog.of(believed, end, "lost", WitnessPolicy.NOBODY);
      TrustFile trust =
          new TrustFile(
              "Example",
              BelievedLog.of(List.of(next.verifier())),
              List.of(Hash.ZERO),
              WitnessPolicy.NOBODY,
              List.of(closed),
              List.of());
      Path file = Files.write(temp.resolve("trust.json"), trust.format().toArray());
      Path again = temp.resolve("again-" + whole);
      if (whole) {
        assertThat(underTrust(file)).contains("ok  log.example/2026, 6 entries");
        assertThat(proveUnder(file, again).code()).isZero();
        assertThat(verifyUnder(file, proof, leaf).code()).isZero();
      } else {
        String beyond = "one of 6 entries beside or beyond it does not count";
        assertThat(underTrust(file)).contains(beyond).doesNotContain("ok  ");
        assertThat(proveUnder(file, again).err()).contains(beyond);
        assertThat(again).doesNotExist();
        assertThat(verifyUnder(file, proof, leaf).err()).contains(beyond);
      }
    }
  }

  private Said proveUnder(Path trust, Path out) {
    return run(
        "log",
        "proof",
        "2",
        "--log",
        log.toString(),
        "--trust",
        trust.toString(),
        "--out",
        out.toString());
  }

  private static Said verifyUnder(Path trust, Path proof, String leaf) {
    return run(
        "log", "verify-proof", proof.toString(), "--leaf", leaf, "--trust", trust.toString());
  }

  private String underTrust(Path trust) {
    Said said =
        run(
            "log",
            "check",
            "--log",
            log.toString(),
            "--trust",
            trust.toString(),
            "--state",
            state().toString());
    return said.out() + said.err();
  }

  @Test
  void openingsAreReadFromAFolderThatHoldsSome() throws Exception {
    TrustFile trust = new TrustFile("Example", SIGNER.verifier(), List.of(Hash.ZERO));
    Path file = Files.write(temp.resolve("trust.json"), trust.format().toArray());
    Path given = temp.resolve("given");
    assertThat(open(file, given).err()).contains("--openings: there is no folder ");
    Files.createDirectory(given);
    Said empty = open(file, given);
    assertThat(empty.code()).isEqualTo(2);
    assertThat(empty.err()).contains("no statement (.pdf) and no evidence (.zip)");
    Files.writeString(given.resolve("forged.pdf"), "%PDF-1.7\nnothing\n");
    Files.writeString(given.resolve("forged.zip"), "nothing");
    Said forged = open(file, given);
    assertThat(forged.code()).isEqualTo(1);
    assertThat(forged.out())
        .contains("FAILED   forged.pdf seal: ", "FAILED   forged.zip ")
        .contains("5 usage lines without opening", "6 entries, 2 findings");
  }

  private Said open(Path trust, Path given) {
    return run(
        "log",
        "check",
        "--log",
        log.toString(),
        "--trust",
        trust.toString(),
        "--state",
        state().toString(),
        "--openings",
        given.toString());
  }

  @Test
  void aProofHoldsForItsEntryAloneAndInJavaScriptToo() throws Exception {
    Path proof = temp.resolve("entry.tlog-proof");
    Path entry = temp.resolve("entry");
    Said made = prove("3", "--out", proof.toString(), "--entry", entry.toString());
    assertThat(made.code()).as(made.err()).isZero();
    String leaf = made.out().strip().replace("leaf ", "");
    String ok = "ok  entry 3 of log.example/2026, under a checkpoint of 6 entries";
    assertThat(verify(proof, "--leaf", leaf).out().strip()).isEqualTo(ok);
    assertThat(verify(proof, "--entry", entry.toString()).out().strip()).isEqualTo(ok);
    Said other = verify(proof, "--leaf", Hash.ZERO.toHex());
    assertThat(other.code()).isEqualTo(1);
    assertThat(other.err()).contains("does not prove the entry: ").hasLineCount(1);
    assertThat(inJavaScript(proof, leaf)).isEqualTo("0 " + ok);
  }

  @Test
  void aChangedProofDoesNotHold() throws Exception {
    Path proof = temp.resolve("entry.tlog-proof");
    String leaf = prove("2", "--out", proof.toString()).out().strip().replace("leaf ", "");
    String text = Files.readString(proof);
    for (int at = 0; at < text.length(); at += 37) {
      char changed = text.charAt(at) == 'A' ? 'B' : 'A';
      Files.writeString(proof, text.substring(0, at) + changed + text.substring(at + 1));
      Said said = verify(proof, "--leaf", leaf);
      assertThat(said.code()).as("changed at " + at).isEqualTo(1);
      assertThat(said.err()).hasLineCount(1).doesNotContain("Exception");
    }
  }

  @Test
  void aFileThatExistsIsNeverWrittenOver() throws Exception {
    Path thesis = Files.writeString(temp.resolve("thesis"), "years of work");
    Said said = prove("0", "--out", thesis.toString());
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("exists already; name a new file");
    assertThat(thesis).hasContent("years of work");
    assertThat(prove("6", "--out", "x").err()).contains("it has entries 0 to 5");
    assertThat(prove("0", "--out", temp.resolve("no/x").toString()).err())
        .contains("cannot be written")
        .hasLineCount(1);
  }

  private Said prove(String index, String... more) {
    List<String> args =
        new ArrayList<>(List.of("log", "proof", index, "--log", log.toString(), "--key", KEY));
    args.addAll(List.of(more));
    return run(args.toArray(String[]::new));
  }

  private static Said verify(Path proof, String option, String value) {
    return run("log", "verify-proof", proof.toString(), option, value, "--key", KEY);
  }

  private List<String> kept() throws Exception {
    try (Stream<Path> files = Files.list(state())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private String inJavaScript(Path proof, String leaf) throws Exception {
    Path node = Path.of("/usr/bin/node");
    assumeTrue(Files.isExecutable(node), "tool missing: nodejs");
    Path script = Path.of(System.getProperty("almoner.root"), "docs", "spec", "verify.mjs");
    Path printed = temp.resolve("printed");
    Process running =
        new ProcessBuilder(
                node.toString(),
                script.toString(),
                "proof",
                proof.toString(),
                "--leaf",
                leaf,
                "--key",
                KEY)
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    assertThat(running.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return running.exitValue() + " " + Files.readString(printed).strip();
  }

  private record Said(int code, String out, String err) {}

  private static Said run(String... args) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream saidOut = new ByteArrayOutputStream();
    ByteArrayOutputStream saidErr = new ByteArrayOutputStream();
    System.setOut(new PrintStream(saidOut, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(saidErr, true, StandardCharsets.UTF_8));
    try {
      int code = Main.run(args);
      return new Said(
          code, saidOut.toString(StandardCharsets.UTF_8), saidErr.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }
}
