package org.almoner.trials;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.almoner.agent.origin.Pinned;
import org.almoner.protocol.identity.PublicKey;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonParser;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.usage.UsageLine;
import org.almoner.trials.world.AlmonerProcess;
import org.almoner.trials.world.Caller;
import org.almoner.trials.world.ServedCoordinator;
import org.almoner.trials.world.Volunteer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An owner with nothing but the command: from a first file through a unit that fails to results, a
 * report and a batch that is cancelled.
 */
class OwnersWayTest {
  private static final long VERB_SECONDS_MAX = 180;

  private static final Path FIRST =
      Path.of(System.getProperty("almoner.root"), "docs/examples/first");

  @TempDir Path folder;
  private Path workload;
  private ServedCoordinator coordinator;
  private int verbs;

  /** What a verb printed. */
  private record Told(int code, String output) {
    /** The last line, which is JSON. */
    JsonValue json() throws Exception {
      List<String> lines = output.lines().toList();
      return JsonParser.parse(
          lines.get(lines.size() - 1).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
  }

  private Told workload(String... args) {
    List<String> verb = new ArrayList<>(List.of("workload"));
    verb.addAll(List.of(args));
    Path output = folder.resolve("verb-" + ++verbs + ".log");
    AlmonerProcess process = AlmonerProcess.run(output, "128m", verb);
    return new Told(process.awaitEnd(VERB_SECONDS_MAX), process.output());
  }

  /** A verb that speaks to the coordinator. */
  private Told asked(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.add("--coordinator=" + coordinator.address());
    all.add("--token-file=" + folder.resolve("owner.token"));
    return workload(all.toArray(String[]::new));
  }

  private String signing() {
    return "--key-file=" + folder.resolve("owner.seed");
  }

  private void change(String text, String by) throws Exception {
    String before = Files.readString(workload);
    assertThat(before).contains(text);
    Files.writeString(workload, before.replace(text, by));
  }

  @Test
  void fromAFirstFileToResultsAndACancelledBatch() throws Exception {
    try (ServedCoordinator served =
        new ServedCoordinator(
            folder.resolve("coordinator"),
            List.of(
                "--maturity=0s",
                "--archive-after=0s",
                "--period=open",
                "--retry=1s",
                "--no-starter"))) {
      coordinator = served;
      coordinator.launch();
      begin();
      // Unit 0 is given 0, which the program refuses.
      change("from: 1, to: 1000000, step: 100000", "from: 0, to: 5999, step: 1000");
      Map<Long, JsonFields> local = runsHere();
      coordinator.awaitReady();
      Caller operator = Caller.anyone(coordinator.address()).with(coordinator.operatorToken());
      String batch = submits(operator);
      List<UsageLine> reported = lent(operator, batch);
      agree(local, reported);
      results(batch);
      report(batch);
      archived(operator, batch);
      cancel();
    }
  }

  /** What {@code init} writes, whose commands the pages for newcomers paste. */
  private void begin() throws Exception {
    Path mine = Files.createDirectory(folder.resolve("mine"));
    for (String file : List.of("almoner.yaml", "collatz.wasm")) {
      Files.copy(FIRST.resolve(file), mine.resolve(file));
    }
    workload = mine.resolve("almoner.yaml");
  }

  private Map<Long, JsonFields> runsHere() throws Exception {
    Told told =
        workload(
            "run-local",
            workload.toString(),
            "--units=0,2",
            "--out=" + folder.resolve("out"),
            "-o",
            "json");
    assertThat(told.code()).as(told.output()).isEqualTo(1);
    Map<Long, JsonFields> units = new HashMap<>();
    for (JsonValue unit : ((JsonValue.Array) told.json()).items()) {
      JsonFields fields = JsonFields.of((JsonValue.Obj) unit);
      units.put(fields.integer("unit", 0, 9), fields);
    }
    return units;
  }

  private String submits(Caller operator) throws Exception {
    String key = workload("key", signing()).output().strip();
    String token = operator.approveOwner("Institute", PublicKey.parseHex(key));
    Files.writeString(folder.resolve("owner.token"), token);
    assertThat(asked("check", workload.toString(), "--on-server", signing()).output())
        .contains("ok  on the server: approved as Institute, 1 files")
        .contains("not submitted yet");
    String batch =
        asked("submit", workload.toString(), signing()).output().lines().reduce("", (a, b) -> b);
    assertThat(batch).hasSize(16);
    return batch;
  }

  private List<UsageLine> lent(Caller operator, String batch) throws Exception {
    Pinned pinned = Pinned.parse(operator.get("/api/v1/origin").fields());
    List<UsageLine> lines = new ArrayList<>();
    List<Volunteer> volunteers = new ArrayList<>();
    try {
      for (String name : List.of("Ada", "Grace")) {
        String code = operator.drawCode(operator.addDonor(name).donor());
        volunteers.add(
            Volunteer.start(folder.resolve("agent-" + name), coordinator.address(), pinned, code));
      }
      Told waited = asked("wait", batch);
      assertThat(waited.code()).as(waited.output()).isEqualTo(1);
      assertThat(waited.output()).contains("5 of 6 units accepted, 0 leased, 1 failed");
      for (Volunteer volunteer : volunteers) {
        volunteer.awaitProofs();
        volunteer.close();
        lines.addAll(volunteer.provenLines());
      }
    } finally {
      volunteers.forEach(Volunteer::close);
    }
    Told logs = asked("logs", batch);
    assertThat(logs.code()).isZero();
    assertThat(logs.output())
        .contains("unit 0  failed")
        .contains("attempt 0  failed  exit 2")
        .contains("    | collatz wants FIRST LAST")
        .contains("attempt 1  failed  exit 2")
        .contains("    printed the same")
        .contains("run-local FILE --units 0'")
        .contains("1 of 1 failed units of 6");
    return lines;
  }

  /** What the owner's computer said is what every volunteer's agent signed. */
  private static void agree(Map<Long, JsonFields> local, List<UsageLine> reported)
      throws Exception {
    int compared = 0;
    for (UsageLine line : reported) {
      JsonFields here = local.get(line.lease().unit());
      if (here != null) {
        assertThat(here.smallInteger("exit", 0, UsageLine.EXIT_MAX)).isEqualTo(line.exit());
        assertThat(here.hash("output")).isEqualTo(line.output());
        assertThat(here.integer("count", 0, Long.MAX_VALUE)).isEqualTo(line.count());
        compared++;
      }
    }
    assertThat(compared).as("two units, two agents").isEqualTo(4);
    assertThat(local.get(0L).value("tail").toString()).contains("collatz wants FIRST LAST");
  }

  private void results(String batch) throws Exception {
    String to = folder.resolve("results").toString();
    assertThat(asked("results", batch, "--to=" + to).output()).contains("5 results in " + to);
    Path file = folder.resolve("results/2/longest.txt");
    assertThat(file).hasSameTextualContentAs(folder.resolve("out/2/longest.txt"));
    assertThat(folder.resolve("results/0")).as("the failed unit").doesNotExist();
    Files.delete(folder.resolve("results/3/longest.txt"));
    Files.writeString(file, "2919 217\n");
    Told again = asked("results", batch, "--to=" + to);
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.output()).contains(file + " was changed: its SHA-256");
    assertThat(file).as("left alone").hasContent("2919 217");
    assertThat(folder.resolve("results/3/longest.txt")).as("fetched again").exists();
  }

  private void report(String batch) throws Exception {
    JsonFields report = JsonFields.of((JsonValue.Obj) asked("report", batch, "-o", "json").json());
    assertThat(report.smallInteger("lines", 0, 100)).isEqualTo(10);
    JsonFields wall = report.object("used").object("wallMs");
    long median = wall.integer("median", 1, Long.MAX_VALUE);
    assertThat(wall.integer("max", 1, Long.MAX_VALUE)).isGreaterThanOrEqualTo(median);
    assertThat(report.object("requested").integer("memoryBytes", 0, Long.MAX_VALUE))
        .isEqualTo(16 << 20);
    assertThat(report.object("ask").integer("memoryBytes", 0, Long.MAX_VALUE)).isEqualTo(16 << 20);
  }

  /** Once all of it is settled, the batch is in an archive, and the owner cannot tell. */
  private void archived(Caller operator, String batch) throws Exception {
    assertThat(operator.settle()).as("what the daily settlement left").isBetween(0L, 12L);
    Path archive = folder.resolve("coordinator/archive/" + batch + ".archive");
    for (int tries = 0; tries < 600 && !Files.exists(archive); tries++) {
      Thread.sleep(100);
    }
    assertThat(archive).exists();
    String to = folder.resolve("again").toString();
    assertThat(asked("results", batch, "--to=" + to).output()).contains("5 results in " + to);
    assertThat(asked("logs", batch).output()).contains("    | collatz wants FIRST LAST");
    Told watched = asked("watch", batch, "-o", "json");
    assertThat(watched.code()).isEqualTo(1);
    assertThat(JsonFields.of((JsonValue.Obj) watched.json()).bool("done")).isTrue();
  }

  private void cancel() throws Exception {
    change("up to a million", "up to four million");
    change("to: 5999, step: 1000", "to: 4000000, step: 1");
    Told submitted = asked("submit", workload.toString(), signing(), "-o", "json");
    String batch = JsonFields.of((JsonValue.Obj) submitted.json()).text("batch", 16);
    assertThat(asked("cancel", batch).output()).contains(", cancelled");
    Told waited = asked("wait", batch, "-o", "json");
    assertThat(waited.code()).isEqualTo(3);
    assertThat(JsonFields.of((JsonValue.Obj) waited.json()).bool("cancelled")).isTrue();
  }
}
