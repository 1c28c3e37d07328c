package org.almoner.trials.badinput;

import static org.almoner.trials.badinput.Scene.LEASES;
import static org.almoner.trials.badinput.Scene.line;
import static org.almoner.trials.badinput.Scene.octets;
import static org.almoner.trials.badinput.Scene.payloadDigest;
import static org.almoner.trials.badinput.Scene.problem;
import static org.almoner.trials.load.RawEnvelope.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.almoner.agent.outbox.Chain;
import org.almoner.agent.proof.Receipt;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.problem.Problem;
import org.almoner.trials.load.SigningAgent;
import org.almoner.trials.world.Caller;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a real coordinator answers to input that is wrong: its status, the problem's name, and one
 * sentence. Nothing of it changes the log, and the next good request is served.
 */
class BadInputTest {
  @TempDir static Path folder;
  private static Scene scene;
  private static Set<String> pages;

  @BeforeAll
  static void serve() throws Exception {
    scene = new Scene(folder.resolve("coordinator"));
    pages =
        Pattern.compile("(?m)^### ([a-z-]+)$")
            .matcher(
                Files.readString(
                    Path.of(System.getProperty("almoner.root"), "docs/reference/problems.md")))
            .results()
            .map((MatchResult heading) -> heading.group(1))
            .collect(Collectors.toSet());
  }

  @AfterAll
  static void stop() {
    scene.close();
  }

  static Stream<Case> cases() {
    SignedInput signed = new SignedInput(scene);
    ReportedInput reported = new ReportedInput(scene);
    OtherInput rest = new OtherInput(scene);
    return Stream.of(
            signed.json(),
            signed.envelopes(),
            signed.signatures(),
            signed.agents(),
            reported.lines(),
            reported.outputs(),
            rest.http(),
            rest.owners())
        .flatMap(List::stream);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void isRefusedInOneSentenceAndChangesNothing(Case one) throws Exception {
    String before = scene.checkpoint();
    Caller.Reply reply = one.sending().send();
    assertThat(reply.type()).startsWith(Problem.MEDIA_TYPE);
    JsonValue.Obj body = reply.object();
    Problem problem = Problem.parse(JsonFields.of(body));
    assertThat(problem.slug() + " " + reply.status()).isEqualTo(one.slug() + " " + one.status());
    assertThat(problem.status()).isEqualTo(reply.status());
    assertThat(problem.detail())
        .contains(one.word())
        .doesNotContain("\n")
        .doesNotContain("Exception")
        .doesNotContain("org.almoner")
        .hasSizeBetween(15, 600);
    assertThat(pages).contains(problem.slug());
    assertThat(scene.checkpoint()).isEqualTo(before);
    assertThat(scene.anyone.get("/readyz").status()).isEqualTo(200);
  }

  @Test
  void theSameReportTwiceIsOneLineAndAnotherOneIsRefused() throws Exception {
    SigningAgent self = scene.enrolled();
    Envelope grant = scene.lease(self);
    JsonValue.Obj line = line(grant, 0);
    String before = scene.checkpoint();
    assertThat(scene.report(self, Chain.START, List.of(with(line, "cpuMs", 60_000))).status())
        .as("a refused report leaves its number free")
        .isEqualTo(422);
    assertThat(scene.checkpoint()).isEqualTo(before);

    Receipt first = Receipt.parse(scene.report(self, Chain.START, List.of(line)).good().fields());
    String after = scene.checkpoint();
    assertThat(after).isNotEqualTo(before);
    Receipt again = Receipt.parse(scene.report(self, Chain.START, List.of(line)).good().fields());
    assertThat(again.lines().get(0).leaf()).isEqualTo(first.lines().get(0).leaf());
    assertThat(again.lines().get(0).salt()).isEqualTo(first.lines().get(0).salt());
    assertThat(scene.checkpoint()).isEqualTo(after);

    Chain second = Chain.after(0, payloadDigest(self, Chain.START, line));
    Caller.Reply logged = scene.report(self, second, List.of(line));
    assertThat(problem(logged).slug()).isEqualTo("lease-already-logged");
    Caller.Reply gap =
        scene.report(self, new Chain(7, Hash.sha256(octets("?"))), List.of(line(grant, 1)));
    assertThat(gap.status()).as("a gap is evidence, no fault").isEqualTo(200);
    String now = scene.checkpoint();
    Caller.Reply changed = scene.report(self, Chain.START, List.of(with(line, "count", 5)));
    assertThat(problem(changed).slug()).isEqualTo("sequence-used");
    assertThat(problem(scene.anyone.post(LEASES, self.request(1, new Random(9)).toJson())).slug())
        .isEqualTo("agent-suspended");
    assertThat(scene.checkpoint()).isEqualTo(now);
    Receipt still = Receipt.parse(scene.report(self, Chain.START, List.of(line)).good().fields());
    assertThat(still.lines().get(0).leaf())
        .as("what is logged is answered for, whatever became of the key")
        .isEqualTo(first.lines().get(0).leaf());
  }

  @Test
  void theSameRequestForWorkGetsTheSameGrant() throws Exception {
    SigningAgent self = scene.enrolled();
    JsonValue.Obj request = self.request(2, new Random(3)).toJson();
    byte[] first = scene.anyone.post(LEASES, request).good().body();
    assertThat(scene.anyone.post(LEASES, request).good().body()).isEqualTo(first);
  }
}
