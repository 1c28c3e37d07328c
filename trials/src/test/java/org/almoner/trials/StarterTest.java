package org.almoner.trials;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.almoner.agent.control.Status;
import org.almoner.agent.control.StatusFile;
import org.almoner.agent.durable.FsyncDisk;
import org.almoner.agent.outbox.Chain;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.entry.ReleaseEntry;
import org.almoner.ledger.entry.Settlement;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.lease.Grant;
import org.almoner.protocol.result.OutputBundle;
import org.almoner.trials.load.Rule;
import org.almoner.trials.load.SigningAgent;
import org.almoner.trials.world.AlmonerProcess;
import org.almoner.trials.world.Caller;
import org.almoner.trials.world.MirroredLog;
import org.almoner.trials.world.Project;
import org.almoner.trials.world.ServedCoordinator;
import org.almoner.workload.batch.BatchUnits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first minutes of a volunteer whom nobody else could give a second answer. */
class StarterTest {
  private static final String ORIGIN = "log.example.org/starter";
  private static final Pattern RIGHT =
      Pattern.compile(
          "This computer's first unit was right: log entry ([0-9]+), proof checked here\\.");

  /** What a volunteer is promised, from the first start of the agent on. */
  private static final long FIRST_UNIT_SECONDS_MAX = 60;

  @TempDir Path folder;

  @Test
  void aLoneComputerProvesItsFirstUnitAndAWrongAnswerKeepsAnotherFromScience() throws Exception {
    try (ServedCoordinator coordinator =
        new ServedCoordinator(
            folder.resolve("coordinator"),
            List.of("--origin=" + ORIGIN, "--maturity=0s", "--period=open", "--retry=1s"))) {
      coordinator.start();
      Caller operator = operator(coordinator);
      long leaf = aLoneComputerIsTold(coordinator, operator);
      itIsSettledAndCountsNothing(operator, leaf);

      String science = submit(operator);
      SigningAgent broken = new SigningAgent(ORIGIN, SigningKey.generate(new SecureRandom()));
      aWrongAnswerIsNamed(operator, broken);
      coordinator.kill();
      coordinator.start();
      Caller again = operator(coordinator);
      assertThat(reason(again, broken)).startsWith("This computer gave a wrong answer");
      theRightOneGoesOnToScience(coordinator, again, science, leaf);
    }
  }

  private static Caller operator(ServedCoordinator coordinator) {
    return Caller.anyone(coordinator.address()).with(coordinator.operatorToken());
  }

  /** Returns the index of its line in the log. */
  private long aLoneComputerIsTold(ServedCoordinator coordinator, Caller operator)
      throws Exception {
    String code = operator.drawCode(operator.addDonor("Ada Example").donor());
    try (AlmonerProcess agent = agent(coordinator, "--code=" + code)) {
      String told = awaitFirstUnit(agent);
      Matcher right = RIGHT.matcher(told);
      assertThat(right.matches()).as(told).isTrue();
      AlmonerProcess show =
          AlmonerProcess.run(
              folder.resolve("status.log"),
              "64m",
              List.of("agent", "status", "--data=" + folder.resolve("agent")));
      assertThat(show.awaitEnd(60)).isZero();
      assertThat(show.output()).contains(told);
      return Long.parseLong(right.group(1));
    }
  }

  private AlmonerProcess agent(ServedCoordinator coordinator, String... more) {
    List<String> verb =
        new ArrayList<>(
            List.of(
                "agent",
                "--coordinator=" + coordinator.address(),
                "--data=" + folder.resolve("agent")));
    verb.addAll(List.of(more));
    return AlmonerProcess.start(folder.resolve("agent.log"), "96m", verb);
  }

  private String awaitFirstUnit(AlmonerProcess agent) throws Exception {
    long end = System.nanoTime() + FIRST_UNIT_SECONDS_MAX * 1_000_000_000L;
    while (System.nanoTime() < end && agent.isAlive()) {
      Optional<Status> status = status();
      if (status.isPresent() && !status.get().firstUnit().isEmpty()) {
        return status.get().firstUnit();
      }
      Thread.sleep(100);
    }
    throw new AssertionError("nothing was told of a first unit:\n" + agent.tail());
  }

  private Optional<Status> status() throws IOException {
    return new StatusFile(folder.resolve("agent"), new FsyncDisk()).read();
  }

  private void itIsSettledAndCountsNothing(Caller operator, long leaf) throws Exception {
    // The coordinator may have settled it by itself before; below it stands in the log once.
    assertThat(operator.settle()).isBetween(0L, 1L);
    String logKey = Caller.text(operator.get("/api/v1/origin"), "logKey");
    MirroredLog log = MirroredLog.copy(operator.with(""), logKey, folder.resolve("mirror"));
    assertThat(log.findings()).isEmpty();
    List<Entry> entries = log.entries();
    assertThat(entries.get((int) leaf).kind()).isEqualTo(Kind.USAGE);
    assertThat(Settlement.parse(only(entries, Kind.SETTLEMENT)).outcome(leaf))
        .isEqualTo(Outcome.STARTER);
    Entry release = only(entries, Kind.RELEASE);
    assertThat(ReleaseEntry.parse(release).release().title()).startsWith("almoner-starter");
    assertThat(entries.indexOf(release)).isLessThan((int) leaf);

    int year = LocalDate.now(ZoneOffset.UTC).getYear();
    JsonValue body = JsonValue.Obj.of().put("year", year).build();
    List<JsonFields> drawn = Caller.list(operator.post("/api/v1/register/statements", body));
    assertThat(drawn).allMatch(reply -> Caller.text(reply, "number").isEmpty());
    byte[] page = operator.with("").get("/").good().body();
    assertThat(new String(page, java.nio.charset.StandardCharsets.UTF_8))
        .contains("No project has submitted work yet.");
  }

  private static Entry only(List<Entry> entries, Kind kind) {
    List<Entry> found = entries.stream().filter(e -> e.kind() == kind).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private String submit(Caller operator) throws Exception {
    Project project = Project.of(ORIGIN, SigningKey.generate(new SecureRandom()), "mersenne.txt");
    project.upload(operator.with(operator.approveOwner("Institute", project.owner().publicKey())));
    Envelope batch =
        project.batch(
            "Which of the numbers 2^p - 1 are prime?",
            new BatchUnits.Range(1, 100, 10),
            new Allotment(1, 16 << 20, 1 << 20, 60_000));
    return Caller.text(project.submit(operator, batch).good(), "batch");
  }

  private static void aWrongAnswerIsNamed(Caller anyone, SigningAgent broken) throws Exception {
    anyone.post("/api/v1/enrolments", broken.enrolment().toJson()).good();
    Caller.Reply reply = ask(anyone, broken);
    Envelope granted = Envelope.parse(Envelope.Kind.GRANT, reply.fields().object("grant"));
    Grant grant = SigningAgent.grant(granted);
    assertThat(grant.leases()).hasSize(1);
    assertThat(grant.work().get(0).project()).isEqualTo("starter");
    OutputBundle lie = Rule.output("a bit flipped");
    Envelope report =
        broken.report(Chain.START, List.of(SigningAgent.line(granted, grant.leases().get(0), lie)));
    JsonValue body =
        JsonValue.Obj.of()
            .put("report", report.toJson())
            .put(
                "outputs",
                JsonValue.Obj.of()
                    .put(lie.digest().toHex(), Base64.getEncoder().encodeToString(lie.encode()))
                    .build())
            .put("knownSize", 0)
            .build();
    for (int sent = 0; sent < 2; sent++) {
      JsonFields answer = anyone.post("/api/v1/reports", body).good().fields();
      JsonFields line = answer.objects("lines", 1, 1).get(0);
      assertThat(Caller.text(line, "starter")).isEqualTo("wrong");
    }
    assertThat(reason(anyone, broken))
        .startsWith("This computer gave a wrong answer to a starter unit");
  }

  private static Caller.Reply ask(Caller anyone, SigningAgent agent) throws IOException {
    Envelope request = agent.request(2, new Random());
    return anyone.post("/api/v1/leases", request.toJson()).good();
  }

  private static String reason(Caller anyone, SigningAgent agent) throws IOException {
    return Caller.text(ask(anyone, agent), "reason");
  }

  private void theRightOneGoesOnToScience(
      ServedCoordinator coordinator, Caller anyone, String science, long leaf) throws Exception {
    try (AlmonerProcess agent = agent(coordinator)) {
      long end = System.nanoTime() + FIRST_UNIT_SECONDS_MAX * 1_000_000_000L;
      while (anyone.batch(science).reported() == 0) {
        assertThat(agent.isAlive() && System.nanoTime() < end).as(agent.tail()).isTrue();
        Thread.sleep(100);
      }
      assertThat(status().orElseThrow().firstUnit()).contains("log entry " + leaf + ",");
    }
  }
}
