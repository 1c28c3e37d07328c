package org.almoner.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.almoner.ledger.append.FileCheckpointRegister;
import org.almoner.ledger.append.FileLogStore;
import org.almoner.ledger.append.Sequencer;
import org.almoner.ledger.note.Ed25519NoteSigner;
import org.almoner.ledger.note.NoteSigner;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.SigningKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The command used wrongly on purpose: exit code 2 and one sentence that says what to do. */
class WrongUseTests {
  private static final String LOG_KEY =
      new VerifierKey("log.example", SigningKey.of(new byte[32]).publicKey()).format();
  @TempDir Path temp;

  static Stream<Arguments> misuses() {
    return Stream.of(
        misuse("which command?"),
        misuse("Unmatched argument at index 0: 'fly'", "fly"),
        misuse("Missing required option: '--data=DIR'", "serve"),
        misuse("without TLS", "serve", "--data", "DIR/a", "--listen", "0.0.0.0:7421"),
        misuse("--listen takes HOST:PORT", "serve", "--data", "DIR/b", "--listen", "7421"),
        misuse("such as 90s or 14d, got soon", "serve", "--data", "DIR/c", "--maturity", "soon"),
        misuse("--period takes closed or open", "serve", "--data", "DIR/d", "--period", "maybe"),
        misuse("--tls needs --tls-password-file", "serve", "--data", "DIR/e", "--tls", "DIR/x"),
        misuse("add --coordinator URL", "agent", "--data", "DIR/f"),
        misuse("plain http reaches only", "agent", "--coordinator", "http://far.example"),
        misuse("expected 1 to 64, got 0", "agent", "--units", "0", "--data", "DIR/g"),
        misuse("say which coordinator", "donors", "add", "Ada"),
        misuse("-o takes text or json", "donors", "list", "-o", "xml", "--data", "DIR"),
        misuse("no scenario and no file nowhere", "simulate", "--scenario", "nowhere"),
        misuse("--hosts takes 1 or more, got 0", "simulate", "--hosts", "0"),
        misuse("--seeds takes 1 or more, got 0", "simulate", "table", "--seeds", "0"),
        misuse("--reason takes 1 to 200", "donors", "erase", "0".repeat(32), "--reason", " "),
        misuse("--days takes 1 to 366, got 0", "auditors", "add", "Eve", "--days", "0"),
        misuse("no coordinator runs on", "donors", "add", "Ada", "--data", "DIR"),
        misuse("takes an address like", "donors", "add", "Ada", "--coordinator", "far"),
        misuse(
            "--key: an Ed25519 public key has 32",
            "owners",
            "add",
            "P",
            "--key",
            "00",
            "--coordinator",
            "http://127.0.0.1:9"),
        misuse("there is no file", "verify", "DIR/none.pdf"),
        misuse("there is no folder", "statement", "--from", "DIR/none", "--trust", "DIR/t"),
        misuse("has no document (.pdf)", "statement", "--from", "DIR", "--trust", "DIR/t"),
        misuse("does not exist", "workload", "check", "DIR/none.yaml"),
        misuse("--output takes text or json, got yaml", "workload", "key", "-o", "yaml"),
        misuse("is there already", "workload", "init", "DIR/begun"),
        misuse("(--to=DIR | --check=DIR)", "workload", "results", "00112233445566aa"),
        misuse("which batch?", "workload", "results", "--to", "DIR/r", "--data", "DIR"),
        misuse("there is no DIR", "workload", "results", "--check", "DIR"),
        misuse("say which coordinator", "workload", "wait", "00112233445566aa"),
        misuse("--limit takes", "workload", "logs", "00112233445566aa", "--limit", "0"),
        misuse(
            "there is no unit 10",
            "workload",
            "run-local",
            "DIR/begun/almoner.yaml",
            "--units",
            "10"),
        misuse(
            "units are named like",
            "workload",
            "run-local",
            "DIR/begun/almoner.yaml",
            "--units",
            "all"),
        misuse("is no mirror of a log", "log", "check", "--log", "DIR", "--key", LOG_KEY),
        misuse("--key: ", "log", "check", "--log", "DIR", "--key", "nonsense"),
        misuse("--key=VKEY | --trust=FILE", "log", "check", "--log", "DIR"),
        misuse(
            "--openings needs --trust FILE",
            "log",
            "check",
            "--log",
            "DIR",
            "--key",
            LOG_KEY,
            "--openings",
            "DIR"),
        misuse("'--out=FILE'", "log", "proof", "0", "--log", "DIR", "--key", LOG_KEY),
        misuse("'INDEX'", "log", "proof", "--log", "DIR", "--key", LOG_KEY, "--out", "DIR/p"),
        misuse("--leaf=HEX | --entry=FILE", "log", "verify-proof", "DIR/p", "--key", LOG_KEY),
        misuse("--leaf: ", "log", "verify-proof", "DIR/p", "--leaf", "0", "--key", LOG_KEY),
        misuse(
            "there is no file",
            "log",
            "verify-proof",
            "DIR/none",
            "--entry",
            "DIR/none",
            "--key",
            LOG_KEY),
        misuse(
            "there is no file", "log", "mirror", "--log", "DIR", "--trust", "DIR/t", "--to", "D"),
        misuse("holds something that is no demonstration", "demo", "--dir", "DIR/full"));
  }

  private static Arguments misuse(String sentence, String... args) {
    return Arguments.of(sentence, args);
  }

  @ParameterizedTest
  @MethodSource("misuses")
  void isAnsweredInASentenceWithCodeTwo(String sentence, String[] args) throws Exception {
    Files.createDirectories(temp.resolve("full"));
    Files.writeString(temp.resolve("full").resolve("thesis.txt"), "years of work");
    assertThat(run("workload", "init", temp.resolve("begun").toString()).code()).isZero();
    String[] placed =
        Stream.of(args).map(arg -> arg.replace("DIR", temp.toString())).toArray(String[]::new);
    Said said = run(placed);
    assertThat(said.err())
        .contains(sentence.replace("no DIR", "no " + temp))
        .doesNotContain("Exception")
        .doesNotContain("\tat ");
    assertThat(said.code()).isEqualTo(2);
    assertThat(temp.resolve("full").resolve("thesis.txt")).exists();
  }

  @Test
  void whatIsTriedAndFailsEndsWithCodeOne() throws Exception {
    Path forged = Files.writeString(temp.resolve("forged.pdf"), "%PDF-1.7\nnothing\n");
    Said said = run("verify", forged.toString());
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out()).contains("FAILED   seal").contains("This document does not hold.");
    Said unreachable = run("workload", "list", "--coordinator", "http://127.0.0.1:9");
    assertThat(unreachable.code()).isEqualTo(1);
    assertThat(unreachable.err()).contains("is the coordinator running there?");
  }

  @Test
  void aPlaceThatIsTakenIsNamedInASentence() throws Exception {
    Path file = Files.writeString(temp.resolve("taken"), "years of work");
    Said said = run("serve", "--data", file.toString());
    assertThat(said.err()).contains(file + " is there already").doesNotContain("Exception");
    assertThat(said.code()).isEqualTo(1);
  }

  @Test
  void aLogThatCannotBeReadIsToldInASentence() throws Exception {
    Path log = temp.resolve("log");
    SigningKey key = SigningKey.of(new byte[32]);
    List<NoteSigner> signers = List.of(new Ed25519NoteSigner("log.example", key));
    FileLogStore store = FileLogStore.open(log, temp.resolve("private"));
    FileCheckpointRegister register =
        new FileCheckpointRegister(log.resolve("checkpoint"), temp.resolve("private/lock"));
    Sequencer.create("log.example", signers, store, register);
    Sequencer.open("log.example", signers, store, register)
        .commit(List.of(Bytes.utf8("one"), Bytes.utf8("two")), Bytes.of(new byte[0]));
    Path tile = log.resolve("tile/0/000.p/2");
    Files.delete(tile);
    Files.createDirectory(tile);
    for (String[] verb : new String[][] {{"log", "check"}, {"log", "show", "1"}}) {
      List<String> args = new ArrayList<>(List.of(verb));
      args.addAll(List.of("--log", log.toString(), "--key", LOG_KEY));
      Said said = run(args.toArray(String[]::new));
      assertThat(said.code()).isEqualTo(1);
      assertThat(said.err()).startsWith("almoner: ").doesNotContain("\tat ").hasLineCount(1);
    }
  }

  @Test
  void helpAndVersionEndWithCodeZero() {
    assertThat(run("--help").out()).contains("demo", "serve", "agent", "verify", "Exit codes");
    assertThat(run("--version").out()).startsWith("almoner ");
    for (String verb :
        new String[] {
          "demo",
          "serve",
          "agent",
          "workload",
          "verify",
          "donors",
          "owners",
          "receipts",
          "log",
          "bench"
        }) {
      Said said = run(verb, "--help");
      assertThat(said.code()).as(verb).isZero();
      assertThat(said.out()).as(verb).contains("Usage: almoner " + verb);
    }
    for (String verb :
        new String[] {
          "init",
          "check",
          "run-local",
          "key",
          "submit",
          "list",
          "show",
          "watch",
          "wait",
          "logs",
          "cancel",
          "results",
          "report"
        }) {
      Said said = run("workload", verb, "--help");
      assertThat(said.code()).as(verb).isZero();
      assertThat(said.out())
          .as(verb)
          .contains("Usage: almoner workload " + verb)
          .contains("--output=text|json");
    }
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
