package org.almoner.trials;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.almoner.agent.origin.Pinned;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.lease.Allotment;
import org.almoner.trials.load.AcknowledgedLine;
import org.almoner.trials.load.AcknowledgedLines;
import org.almoner.trials.load.LoadAgent;
import org.almoner.trials.load.Rule;
import org.almoner.trials.world.AlmonerProcess;
import org.almoner.trials.world.Caller;
import org.almoner.trials.world.Project;
import org.almoner.trials.world.ServedCoordinator;
import org.almoner.trials.world.Volunteer;
import org.almoner.workload.batch.BatchUnits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Why there are auditors: two donors who agree on invented results are believed by everybody, until
 * somebody runs their units again.
 */
class AuditSampleTest {
  private static final String ORIGIN = "log.example.org/audited";
  private static final long BATCH_SECONDS_MAX = 120;
  private static final long COMMAND_SECONDS_MAX = 120;
  private static final String DICE = "31652 24416 25334 16251\n";

  /** Units that two donors invent, and units that two others compute. */
  private static final int INVENTED = 2;

  private static final int COMPUTED = 1;
  private static final int LINES = 2 * (INVENTED + COMPUTED);
  private static final int FEW = 2;

  @TempDir Path folder;

  @Test
  void theSampleFindsWhatTwoWhoAgreeHaveInvented() throws Exception {
    List<String> options =
        List.of(
            "--origin=" + ORIGIN, "--no-starter", "--maturity=0s", "--period=open", "--retry=1s");
    try (ServedCoordinator served = new ServedCoordinator(folder.resolve("coordinator"), options)) {
      served.start();
      Caller operator = Caller.anyone(served.address()).with(served.operatorToken());
      Pinned pinned = Pinned.parse(operator.get("/api/v1/origin").fields());
      TreeSet<Long> invented = invent(served, operator, pinned);
      compute(served, operator, pinned);
      operator.settle();

      Path token = folder.resolve("auditor.token");
      Files.writeString(token, appoint(operator));
      Path first = begin(served, "first", "--token-file=" + token);
      diceMustFallAfterTheCheckpoint(first, token);
      assertThat(sample(first, token, FEW, "--dice=" + dice())).isIn(0, 1);
      byte[] few = Files.readAllBytes(first.resolve("report.json"));
      anotherAuditorComesToTheSameOctets(served, first, token, few);

      TreeMap<Path, FileTime> before = written(first.resolve("lines"));
      assertThat(before).hasSize(FEW);
      assertThat(sample(first, token, 100)).as("findings").isEqualTo(1);
      assertThat(written(first.resolve("lines"))).as("not run again").containsAllEntriesOf(before);
      JsonFields all = report(first.resolve("report.json"));
      List<Long> drawn = new ArrayList<>();
      TreeSet<Long> differing = new TreeSet<>();
      for (JsonFields line : all.objects("drawn", 0, 1_000)) {
        long leaf = line.integer("leaf", 0, Long.MAX_VALUE);
        drawn.add(leaf);
        if (Caller.text(line, "verdict").equals("differs")) {
          differing.add(leaf);
          assertThat(line.objects("differences", 0, 9))
              .extracting(difference -> Caller.text(difference, "field"))
              .containsExactly("output", "count");
        } else {
          assertThat(Caller.text(line, "verdict")).isEqualTo("held");
        }
      }
      assertThat(drawn).hasSize(LINES).startsWith(leaves(few));
      assertThat(differing).isEqualTo(invented);
      assertThat(all.integer("fewerThan", 0, 99)).isEqualTo(2 * INVENTED + 1);
      assertThat(Files.readString(first.resolve("report.txt")))
          .contains("All lines were drawn")
          .contains("What this does not show");
    }
  }

  /** Two donors who have agreed on what to say: nobody notices. */
  private TreeSet<Long> invent(ServedCoordinator served, Caller operator, Pinned pinned)
      throws Exception {
    String batch = submit(operator, "Invent", List.of(Rule.FILE), 10 * INVENTED);
    AtomicBoolean stop = new AtomicBoolean();
    ExecutorService threads = Executors.newCachedThreadPool();
    TreeSet<Long> leaves = new TreeSet<>();
    try (AcknowledgedLines list = AcknowledgedLines.create(folder.resolve("acknowledged"))) {
      List<Future<?>> agents = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        Caller.Account donor = operator.addDonor("Colluding donor " + i);
        LoadAgent agent =
            new LoadAgent(
                pinned,
                served::address,
                folder.resolve("colluding-" + i),
                SigningKey.generate(new SecureRandom()),
                donor.donor().toHex(),
                list,
                new Random(i),
                0);
        agent.introduce(operator.drawCode(donor.donor()));
        agents.add(
            threads.submit(
                () -> {
                  agent.work(stop);
                  return null;
                }));
      }
      awaitBatch(operator, batch, INVENTED);
      stop.set(true);
      for (Future<?> agent : agents) {
        agent.get();
      }
      for (AcknowledgedLine line : list.read()) {
        leaves.add(line.leaf());
      }
    } finally {
      stop.set(true);
      threads.shutdownNow();
    }
    assertThat(leaves).hasSize(2 * INVENTED);
    return leaves;
  }

  private void compute(ServedCoordinator served, Caller operator, Pinned pinned) throws Exception {
    String batch =
        submit(operator, "Compute", List.of("mersenne.txt", "residues.txt"), 10 * COMPUTED);
    List<Volunteer> volunteers = new ArrayList<>();
    try {
      for (int i = 0; i < 2; i++) {
        Caller.Account donor = operator.addDonor("Honest donor " + i);
        volunteers.add(
            Volunteer.start(
                folder.resolve("honest-" + i),
                served.address(),
                pinned,
                operator.drawCode(donor.donor())));
      }
      awaitBatch(operator, batch, COMPUTED);
      for (Volunteer volunteer : volunteers) {
        volunteer.awaitProofs();
      }
    } finally {
      volunteers.forEach(Volunteer::close);
    }
  }

  private String submit(Caller operator, String owner, List<String> outputs, int last)
      throws IOException {
    Project project =
        new Project(
            ORIGIN,
            SigningKey.generate(new SecureRandom()),
            Bytes.of(Files.readAllBytes(Project.MERSENNE)),
            outputs);
    project.upload(operator.with(operator.approveOwner(owner, project.owner().publicKey())));
    var batch =
        project.batch(
            "Which of the numbers 2^p - 1 are prime?",
            new BatchUnits.Range(1, last, 10),
            new Allotment(1, 16 << 20, 1 << 20, 120_000));
    return Caller.text(project.submit(operator, batch).good(), "batch");
  }

  private static void awaitBatch(Caller anyone, String batch, int units) throws Exception {
    long end = System.nanoTime() + BATCH_SECONDS_MAX * 1_000_000_000L;
    while (!anyone.batch(batch).done()) {
      assertThat(System.nanoTime()).as("batch " + anyone.batch(batch)).isLessThan(end);
      Thread.sleep(50);
    }
    assertThat(anyone.batch(batch).accepted()).isEqualTo(units);
  }

  private static String appoint(Caller operator) throws IOException {
    JsonValue body = JsonValue.Obj.of().put("name", "Eve").put("days", 30).build();
    return Caller.text(operator.post("/api/v1/operator/auditors", body).good(), "token");
  }

  private Path begin(ServedCoordinator served, String name, String... more) {
    Path audit = folder.resolve(name);
    List<String> verb =
        new ArrayList<>(
            List.of(
                "audit",
                "begin",
                "--log=" + served.address().resolve("/log"),
                "--trust=" + served.trustFile(),
                "--state=" + folder.resolve("state"),
                "--to=" + audit));
    verb.addAll(Arrays.asList(more));
    AlmonerProcess process = AlmonerProcess.run(folder.resolve("begin.log"), "96m", verb);
    assertThat(process.awaitEnd(COMMAND_SECONDS_MAX)).as(process.tail()).isZero();
    assertThat(process.output()).contains("the trust file names no witnesses");
    return audit;
  }

  private int sample(Path audit, Path token, int units, String... more) {
    List<String> verb =
        new ArrayList<>(
            List.of(
                "audit", "sample", "--in=" + audit, "--units=" + units, "--token-file=" + token));
    verb.addAll(Arrays.asList(more));
    return AlmonerProcess.run(output(), "128m", verb).awaitEnd(COMMAND_SECONDS_MAX);
  }

  private Path output() {
    return folder.resolve("sample.log");
  }

  private Path dice() throws IOException {
    return Files.writeString(folder.resolve("dice.txt"), DICE);
  }

  private void diceMustFallAfterTheCheckpoint(Path audit, Path token) throws IOException {
    FileTime old = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
    Files.setLastModifiedTime(dice(), old);
    assertThat(sample(audit, token, FEW, "--dice=" + folder.resolve("dice.txt"))).isEqualTo(2);
    assertThat(Files.readString(output())).contains("before the checkpoint was fixed at");
  }

  private void anotherAuditorComesToTheSameOctets(
      ServedCoordinator served, Path first, Path token, byte[] few) throws Exception {
    Path second = begin(served, "second", "--repeat=" + first.resolve("report.json"));
    sample(second, token, FEW);
    assertThat(Files.readAllBytes(second.resolve("report.json"))).isEqualTo(few);
  }

  private static TreeMap<Path, FileTime> written(Path folder) throws IOException {
    TreeMap<Path, FileTime> times = new TreeMap<>();
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        times.put(file, Files.getLastModifiedTime(file));
      }
    }
    return times;
  }

  private static JsonFields report(Path file) throws Exception {
    return report(Files.readAllBytes(file));
  }

  private static JsonFields report(byte[] octets) throws Exception {
    return JsonFields.of(CanonicalJson.parse(Arrays.copyOf(octets, octets.length - 1)));
  }

  private static Long[] leaves(byte[] report) throws Exception {
    List<Long> leaves = new ArrayList<>();
    for (JsonFields line : report(report).objects("drawn", 0, 1_000)) {
      leaves.add(line.integer("leaf", 0, Long.MAX_VALUE));
    }
    return leaves.toArray(Long[]::new);
  }
}
