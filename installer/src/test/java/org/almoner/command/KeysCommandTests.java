package org.almoner.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.almoner.agent.durable.FsyncDisk;
import org.almoner.agent.origin.CoordinatorAddress;
import org.almoner.agent.origin.PinBook;
import org.almoner.agent.origin.Pinned;
import org.almoner.agent.proof.AgentShelf;
import org.almoner.agent.proof.KeptReceipt;
import org.almoner.coordinator.Config;
import org.almoner.coordinator.http.Listen;
import org.almoner.ledger.append.LogRefused;
import org.almoner.tax.receipt.Charity;
import org.almoner.tax.verify.TrustFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator's keys on a real data folder: changed, swapped on purpose, taken out of use. */
class KeysCommandTests {
  private static final String ORIGIN = "log.example/keys";

  @TempDir Path temp;
  private Path data;
  private int port;

  @BeforeEach
  void choosePlaces() throws IOException {
    data = temp.resolve("data");
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
  }

  /** Something done while the coordinator runs. */
  @FunctionalInterface
  private interface Meanwhile {
    void run(Serving serving) throws Exception;
  }

  private void serve(Meanwhile meanwhile) throws Exception {
    try (DataFolder folder = DataFolder.open(data)) {
      Config config =
          Config.of(folder.origin("", new java.security.SecureRandom()), "almoner", "m");
      Listen here = Listen.plain(new InetSocketAddress("127.0.0.1", port));
      Charity charity = new Charity("Example", List.of(), "", "");
      try (Serving serving = Serving.start(folder, config, charity, here, Optional.empty())) {
        meanwhile.run(serving);
      }
    }
  }

  private void first() throws Exception {
    try (DataFolder folder = DataFolder.open(data)) {
      folder.origin(ORIGIN, new java.security.SecureRandom());
    }
  }

  private String url() {
    return "http://127.0.0.1:" + port;
  }

  private Said link(Serving serving, String computer) {
    String code = serving.coordinator().drawCode(donor(serving)).join();
    return run(
        "agent", "link", code, "--coordinator", url(), "--data", temp.resolve(computer).toString());
  }

  private static org.almoner.protocol.identity.DonorId donor(Serving serving) {
    return serving.coordinator().openAccount().join().donor();
  }

  private Said keys(String... words) {
    List<String> all = new ArrayList<>(List.of("keys"));
    all.addAll(List.of(words));
    all.addAll(List.of("--data", data.toString()));
    return run(all.toArray(String[]::new));
  }

  private void ok(Said said) {
    assertThat(said.code()).as(said.out() + said.err()).isZero();
  }

  private TrustFile trust() throws Exception {
    return TrustFile.parse(Files.readAllBytes(data.resolve("trust.json")));
  }

  private Path seed(String name) {
    return data.resolve("keys").resolve(name);
  }

  @Test
  @Tag("long")
  void anAgentThatSleptThroughTwoRotationsFollowsByTheLogsOwnEntries() throws Exception {
    first();
    serve(
        serving -> {
          ok(link(serving, "early"));
          assertThat(keys("rotate", "log").err()).contains("a coordinator runs on");
        });
    String oldKey = trust().log().keys().get(0).key().format();
    Said early = keys("retire", "log");
    assertThat(early.err()).contains("the log has one key; rotate it first");

    ok(keys("rotate", "log"));
    assertThat(keys("rotate", "log").err()).contains("two keys already; retire the old one first");
    assertThat(keys("retire", "log").err()).contains("does not say yet that it passes to");
    serve(serving -> ok(link(serving, "between")));
    ok(keys("retire", "log"));
    ok(keys("rotate", "log"));
    serve(serving -> assertThat(serving.coordinator().about().logKeys()).hasSize(2));
    ok(keys("retire", "log"));

    assertThat(trust().log().keys()).hasSize(3);
    assertThat(trust().log().keys().get(0).key().format()).isEqualTo(oldKey);
    assertThat(keys("list").out()).contains("retired log key", oldKey).doesNotContain("WRONG");
    serve(
        serving -> {
          assertThat(serving.coordinator().about().logKey()).isNotEqualTo(oldKey);
          for (String computer : List.of("early", "between", "late")) {
            ok(link(serving, computer));
          }
          Said checked = check("--trust", data.resolve("trust.json").toString());
          assertThat(checked.out()).contains("0 findings");
          assertThat(check("--key", oldKey).out())
              .contains("the log passed to the key " + serving.coordinator().about().logKey())
              .contains(", 0 findings")
              .doesNotContain("succeeds");
          mirrored(oldKey);
          revoked(serving);
        });
  }

  /** A mirror serves those who know the oldest key, without the coordinator. */
  private void mirrored(String oldKey) {
    String mirror = temp.resolve("mirror").toString();
    String state = temp.resolve("state").toString();
    ok(run("log", "mirror", "--log", url() + "/log", "--key", oldKey, "--to", mirror));
    ok(run("log", "mirror", "--log", url() + "/log", "--key", oldKey, "--to", mirror));
    Said check = run("log", "check", "--log", mirror, "--key", oldKey, "--state", state);
    assertThat(check.out()).contains("the log passed to the key", ", 0 findings");
    assertThat(check.out().lines().filter(line -> line.contains("passed to the key"))).hasSize(2);
  }

  private void revoked(Serving serving) throws Exception {
    long leaf = enrolment("early").receipt().lines().get(0).leaf();
    ok(keys("revoke", "agent", Long.toString(leaf), "--reason", "stolen"));
    assertThat(keys("revoke", "agent", Long.toString(leaf), "--reason", "stolen").err())
        .contains("was revoked before");
    assertThat(keys("revoke", "agent", "0", "--reason", "stolen").err())
        .contains("entry 0 of the log is no agent's enrolment");
    assertThat(keys("revoke", "agent", "7", "--reason", "Too Long").err())
        .contains("a reason is one word");
    assertThat(link(serving, "early").out())
        .contains("the operator took the key of agent", "which takes a new key");
    ok(link(serving, "late"));
    assertThat(check("--trust", data.resolve("trust.json").toString()).out())
        .contains("0 findings");
  }

  private KeptReceipt enrolment(String computer) throws IOException {
    PinBook pins = new PinBook(temp.resolve(computer), new FsyncDisk());
    Pinned pinned = pins.at(CoordinatorAddress.parse(url())).orElseThrow();
    return AgentShelf.current(pins.directory(pinned), new FsyncDisk(), pinned)
        .enrolment()
        .orElseThrow();
  }

  private Said check(String... trusted) {
    List<String> words = new ArrayList<>(List.of("log", "check", "--log", url() + "/log"));
    words.addAll(List.of(trusted));
    words.addAll(List.of("--state", temp.resolve("state").toString()));
    return run(words.toArray(String[]::new));
  }

  @Test
  void aSealIsChangedAndRevokedAndALostLogIsFollowedByAnother() throws Exception {
    first();
    serve(
        serving ->
            assertThat(
                    run(
                            "log",
                            "mirror",
                            "--log",
                            url() + "/log",
                            "--trust",
                            trustFile(),
                            "--to",
                            temp.resolve("mirror").toString())
                        .code())
                .isZero());
    String seal = trust().seals().get(0).toHex();
    assertThat(keys("revoke", "seal", seal, "--at", "2026-11-20T00:00:00Z").err())
        .contains("this seal is in use");
    ok(keys("rotate", "seal"));
    ok(keys("revoke", "seal", seal, "--at", "2026-11-20T00:00:00Z"));
    assertThat(trust().seals()).hasSize(2);
    assertThat(trust().revocation(trust().seals().get(0))).isPresent();
    assertThat(keys("list", "-o", "json").out())
        .contains("\"id\":\"SHA-256 " + seal, "former seal", "opening keys", "keys-backup")
        .doesNotContain(Files.readString(seed("log.seed")).strip())
        .doesNotContain(Files.readString(data.resolve("operator.token")).strip());

    Files.delete(seed("log.seed"));
    Path next = temp.resolve("next");
    String note = temp.resolve("mirror/checkpoint").toString();
    assertThat(succeed(next, note, "--reason", "stolen").err()).contains("--at TIME goes with");
    assertThat(succeed(next, note, "--reason", "stolen", "--at", "2999-01-01T00:00:00Z").err())
        .contains("is in the future")
        .hasLineCount(1);
    assertThat(succeed(next, note + "-none", "--reason", "lost").err())
        .contains("--checkpoint: there is no file ", "fetch the log's last checkpoint")
        .hasLineCount(1);
    assertThat(succeed(data.resolve("within"), note, "--reason", "lost").err())
        .contains("lies in the folder of the log that ends");
    assertThat(succeedAs("bad name+", next, note, "--reason", "lost").err())
        .contains("--origin bad name+ cannot name a log")
        .hasLineCount(1);
    assertThat(temp.resolve("next.unfinished")).doesNotExist();
    assertThat(succeed(next, note, "--reason", "stolen", "--at", "2026-11-20T00:00:00Z").err())
        .contains("does not close the log", "names no witnesses");
    assertThat(next).doesNotExist();
    Path unfinished = Files.createDirectory(temp.resolve("next.unfinished"));
    assertThat(succeed(next, note, "--reason", "lost").err()).contains("was begun before and not");
    Files.delete(unfinished);
    ok(succeed(next, note, "--reason", "lost"));
    assertThat(unfinished).doesNotExist();
    assertThat(succeed(next, note, "--reason", "lost").err()).contains("is there already");
    data = next;
    serve(
        serving ->
            assertThat(check("--trust", trustFile()).out())
                .contains("succeeds " + ORIGIN + " at size ", "(key lost)", "log.example/next, ")
                .contains(", 0 findings"));
    serve(serving -> assertThat(succeeded(serving)).isEqualTo("log.example/next"));
    assertThat(trust().former()).hasSize(1);
    assertThat(trust().closed(ORIGIN).orElseThrow().reason()).isEqualTo("lost");
    assertThat(trust().seals()).hasSize(2);
    Said old =
        run(
            "log",
            "check",
            "--log",
            temp.resolve("mirror").toString(),
            "--trust",
            trustFile(),
            "--state",
            temp.resolve("state").toString());
    assertThat(old.out()).contains("ok  " + ORIGIN);
  }

  /** Starts again, finds the closed log named still once; returns the name of the log. */
  private String succeeded(Serving serving) {
    Said all = run("log", "show", "2", "--log", url() + "/log", "--trust", trustFile());
    assertThat(all.out()).contains("SUCCESSION", "\"reason\":\"lost\"", ORIGIN);
    assertThat(check("--trust", trustFile()).out()).contains(", 0 findings").contains("succeeds ");
    return serving.coordinator().about().origin();
  }

  @Test
  void aDonorOfAClosedLogIsFoundAndErasedAndTheClosedLogIsNotServed() throws Exception {
    first();
    serve(
        serving -> {
          ok(run("donors", "add", "Ada Lovelace", "--data", data.toString()));
          ok(run("donors", "add", "Bea", "--data", data.toString()));
          try (InputStream note = URI.create(url() + "/log/checkpoint").toURL().openStream()) {
            Files.write(temp.resolve("note"), note.readAllBytes());
          }
        });
    Path old = data;
    ok(succeed(temp.resolve("next"), temp.resolve("note").toString(), "--reason", "lost"));
    Said served = run("serve", "--data", old.toString(), "--stop-with-stdin");
    assertThat(served.err()).contains("was closed by 'almoner keys succeed'; the log log.example");
    assertThat(served.code()).isEqualTo(2);
    data = temp.resolve("next");
    serve(serving -> eraseAda());
    assertThat(data.resolve("private/donors")).isDirectoryNotContaining("glob:**.tmp");
  }

  private void eraseAda() throws Exception {
    Said found = donors("find", "lovelace");
    assertThat(found.out()).contains("Ada Lovelace, no account").doesNotContain("Bea");
    String ada = found.out().substring(0, 32);
    assertThat(donors("list", "-o", "json").out()).contains("\"name\":\"Bea\"", ada);
    assertThat(donors("find", "nobody").code()).isEqualTo(1);

    assertThat(donors("find", "lovelace").out()).contains(ada);
    assertThat(erase(ada.replace(ada.charAt(0), ada.charAt(0) == '0' ? '1' : '0'), "asked").err())
        .contains("Unknown donor: no account, no name and no document is of");
    assertThat(erase(ada, " ").err()).contains("--reason takes 1 to 200 characters, got 0");
    assertThat(donors("find", "lovelace").out()).contains(ada);
    Said erased = erase(ada, "asked");
    assertThat(erased.out())
        .contains("will be destroyed", "lies in the closed log's folder", "erased " + ada);
    assertThat(erase(ada, "asked").out()).contains("was erased before");
    assertThat(donors("find", "lovelace").code()).isEqualTo(1);
  }

  private Said erase(String donor, String reason) {
    return donors("erase", donor, "--reason", reason, "--yes");
  }

  private Said donors(String... words) {
    List<String> all = new ArrayList<>(List.of("donors"));
    all.addAll(List.of(words));
    all.addAll(List.of("--data", data.toString()));
    return run(all.toArray(String[]::new));
  }

  private Said succeed(Path next, String note, String... why) {
    return succeedAs("log.example/next", next, note, why);
  }

  private Said succeedAs(String origin, Path next, String note, String... why) {
    List<String> words = new ArrayList<>(List.of("succeed", "--new-data", next.toString()));
    words.addAll(List.of("--origin", origin, "--checkpoint", note));
    words.addAll(List.of(why));
    return keys(words.toArray(String[]::new));
  }

  private String trustFile() {
    return data.resolve("trust.json").toString();
  }

  private void refused(Class<? extends Throwable> type, String... says) {
    assertThatThrownBy(() -> serve(serving -> {})).isInstanceOf(type).hasMessageContainingAll(says);
  }

  @Test
  void l20WhatDoesNotBelongTogetherIsRefusedBySentencesOfTheirOwn() throws Exception {
    first();
    serve(serving -> {});
    byte[] published = Files.readAllBytes(data.resolve("trust.json"));

    Path key = seed("log.seed");
    byte[] right = Files.readAllBytes(key);
    Files.write(key, Files.readAllBytes(seed("coordinator.seed")));
    refused(LogRefused.class, "the register's checkpoint is not this log's", "give back the key");
    Files.delete(key);
    refused(IOException.class, "log.seed is missing, though this coordinator ran before");
    assertThat(key).doesNotExist();
    Files.write(key, right);
    refused(IOException.class, "log.seed has mode rw-r--r--", "chmod 600");
    assertThat(keys("list").out()).contains("WRONG", "chmod 600 " + key);
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));

    Files.setPosixFilePermissions(seed("seal.p12"), PosixFilePermissions.fromString("rw-r-----"));
    refused(IOException.class, "seal.p12 has mode rw-r-----");
    Files.setPosixFilePermissions(seed("seal.p12"), PosixFilePermissions.fromString("rw-------"));
    Files.move(seed("seal.p12"), temp.resolve("seal"));
    refused(IOException.class, "seal.p12 is missing", "keys rotate seal");
    Files.move(temp.resolve("seal"), seed("seal.p12"));

    Path token = data.resolve("operator.token");
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r--r--"));
    refused(IOException.class, "operator.token has mode rw-r--r--", "delete it");
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));

    Files.writeString(data.resolve("origin"), "log.example/another\n");
    refused(
        LogRefused.class,
        "the register holds the log " + ORIGIN + ", this is to be log.example/another");
    Files.writeString(data.resolve("origin"), ORIGIN + "\n");

    Files.move(data.resolve("store"), temp.resolve("store"));
    refused(LogRefused.class, "the store is empty, but a log was begun in this folder before");
    delete(data.resolve("store"));
    Files.move(temp.resolve("store"), data.resolve("store"));
    assertThat(data.resolve("trust.json")).hasBinaryContent(published);
    serve(serving -> assertThat(serving.coordinator().about().origin()).isEqualTo(ORIGIN));
  }

  @Test
  void l20AStartWithoutTheNewestLogKeyOrWithoutAnEarlyRotationIsRefused() throws Exception {
    first();
    serve(serving -> {});
    ok(keys("rotate", "log"));
    serve(serving -> {});
    Path rotations = data.resolve("rotations.json");
    byte[] one = Files.readAllBytes(rotations);

    Files.move(seed("log.next.seed"), temp.resolve("next.seed"));
    refused(LogRefused.class, "the log passed to the key", "restore the newest seed");
    ok(keys("rotate", "log"));
    refused(LogRefused.class, "the log passed to the key", "restore the newest seed");
    Files.delete(seed("log.next.seed"));
    Files.move(temp.resolve("next.seed"), seed("log.next.seed"));
    ok(keys("retire", "log"));

    ok(keys("rotate", "log"));
    Files.delete(rotations);
    refused(IOException.class, "rotations.json holds 0 rotations", "the 2 that the log has");
    assertThat(rotations).doesNotExist();
    Files.write(rotations, one);
    serve(serving -> assertThat(serving.coordinator().rotations()).hasSize(2));
    Files.write(rotations, one);
    assertThat(keys("retire", "log").err()).contains("does not say yet that it passes to");
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
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
