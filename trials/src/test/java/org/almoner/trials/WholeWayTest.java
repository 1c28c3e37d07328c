package org.almoner.trials;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.almoner.agent.control.Status;
import org.almoner.agent.origin.Pinned;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.result.OutputBundle;
import org.almoner.tax.verify.DocumentCheck;
import org.almoner.tax.verify.Step;
import org.almoner.tax.verify.TrustFile;
import org.almoner.trials.load.AcknowledgedLines;
import org.almoner.trials.load.LoadAgent;
import org.almoner.trials.load.Rule;
import org.almoner.trials.world.AlmonerProcess;
import org.almoner.trials.world.Caller;
import org.almoner.trials.world.MirroredLog;
import org.almoner.trials.world.Project;
import org.almoner.trials.world.ServedCoordinator;
import org.almoner.trials.world.Volunteer;
import org.almoner.workload.batch.BatchUnits;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From an owner's submission to documents that a stranger checks: real processes, real agents, a
 * real module; and beside it another coordinator that calls itself the same.
 */
class WholeWayTest {
  private static final String ORIGIN = "log.example.org/trial";
  private static final String CHARITY = "Trial Charity";
  private static final List<String> NAMES =
      List.of("Ada Lovelace", "Grace Hopper", "Mary Somerville");
  private static final List<String> KNOWN =
      List.of("2", "3", "5", "7", "13", "17", "19", "31", "61", "89", "107", "127");
  private static final int LAST = 160;
  private static final int STEP = 20;
  private static final long BATCH_SECONDS_MAX = 180;

  @TempDir static Path folder;
  private static ServedCoordinator coordinator;
  private static ServedCoordinator impostor;
  private static Caller operator;
  private static String batch;
  private static Caller owner;
  private static MirroredLog log;
  private static final List<Caller.Account> donors = new ArrayList<>();
  private static final List<Status> statuses = new ArrayList<>();
  private static final List<Integer> provenLines = new ArrayList<>();
  private static final Map<String, Issued> documents = new HashMap<>();
  private static Issued foreign;

  /** A document with its evidence, as they were downloaded. */
  private record Issued(String donor, String number, Path pdf, Path evidence) {}

  @BeforeAll
  static void live() throws Exception {
    coordinator = served("coordinator", List.of());
    impostor = served("impostor", List.of("--no-starter"));
    coordinator.launch();
    impostor.launch();
    operator = Caller.anyone(coordinator.awaitReady()).with(coordinator.operatorToken());
    Pinned pinned = Pinned.parse(operator.get("/api/v1/origin").fields());
    Project project =
        new Project(
            ORIGIN,
            SigningKey.generate(new SecureRandom()),
            Bytes.of(Files.readAllBytes(Project.MERSENNE)),
            List.of("mersenne.txt", "residues.txt"));
    owner = operator.with(operator.approveOwner("Institute", project.owner().publicKey()));
    project.upload(owner);
    Envelope submitted =
        project.batch(
            "Which of the numbers 2^p - 1 are prime?",
            new BatchUnits.Range(1, LAST, STEP),
            new Allotment(1, 16 << 20, 1 << 20, 120_000));
    batch = Caller.text(project.submit(owner, submitted).good(), "batch");
    List<Volunteer> volunteers = new ArrayList<>();
    try {
      for (String name : NAMES) {
        Caller.Account donor = operator.addDonor(name);
        donors.add(donor);
        volunteers.add(
            Volunteer.start(
                folder.resolve("agent-" + donors.size()),
                coordinator.address(),
                pinned,
                operator.drawCode(donor.donor())));
      }
      awaitBatch(operator, batch, volunteers);
      for (Volunteer volunteer : volunteers) {
        volunteer.awaitFirstUnit();
        volunteer.awaitProofs();
        volunteer.close();
        statuses.add(volunteer.status());
        provenLines.add(volunteer.provenLines().size());
      }
    } finally {
      volunteers.forEach(Volunteer::close);
    }
    operator.settle();
    for (Issued one : issue(operator, "documents")) {
      documents.put(one.donor(), one);
    }
    log = MirroredLog.copy(operator.with(""), pinned.logKey(), folder.resolve("mirror"));
    foreign = documentOfTheImpostor();
  }

  @AfterAll
  static void stop() {
    coordinator.close();
    impostor.close();
  }

  private static ServedCoordinator served(String name, List<String> more) {
    List<String> options = new ArrayList<>(more);
    options.addAll(
        List.of(
            "--origin=" + ORIGIN,
            "--charity=" + CHARITY,
            "--maturity=0s",
            "--period=open",
            "--retry=1s"));
    return new ServedCoordinator(folder.resolve(name), options);
  }

  private static void awaitBatch(Caller anyone, String id, List<Volunteer> volunteers)
      throws Exception {
    long end = System.nanoTime() + BATCH_SECONDS_MAX * 1_000_000_000L;
    while (!anyone.batch(id).done()) {
      assertThat(System.nanoTime()).as("batch " + anyone.batch(id)).isLessThan(end);
      assertThat(volunteers).allMatch(Volunteer::isWorking);
      Thread.sleep(50);
    }
  }

  private static List<Issued> issue(Caller operator, String name) throws IOException {
    Path to = Files.createDirectories(folder.resolve(name));
    int year = LocalDate.now(ZoneOffset.UTC).getYear();
    JsonValue body = JsonValue.Obj.of().put("year", year).build();
    List<Issued> issued = new ArrayList<>();
    for (JsonFields reply : Caller.list(operator.post("/api/v1/register/statements", body))) {
      String number = Caller.text(reply, "number");
      if (!number.isEmpty()) {
        String path = "/api/v1/register/documents/" + number;
        Path pdf = to.resolve(number + ".pdf");
        Path evidence = to.resolve(number + ".evidence.zip");
        Files.write(pdf, operator.get(path + "/pdf").good().body());
        Files.write(evidence, operator.get(path + "/evidence").good().body());
        issued.add(new Issued(Caller.text(reply, "donor"), number, pdf, evidence));
      }
    }
    return issued;
  }

  /** It has its own keys, under the same name of log and charity, and really does the work. */
  private static Issued documentOfTheImpostor() throws Exception {
    Caller operator = Caller.anyone(impostor.awaitReady()).with(impostor.operatorToken());
    Pinned pinned = Pinned.parse(operator.get("/api/v1/origin").fields());
    Project project = Project.of(ORIGIN, SigningKey.generate(new SecureRandom()), Rule.FILE);
    project.upload(operator.with(operator.approveOwner("Institute", project.owner().publicKey())));
    Envelope submitted =
        project.batch(
            "Work that is believed elsewhere.",
            new BatchUnits.Range(1, 50, 10),
            new Allotment(1, 1 << 20, 1 << 20, 60_000));
    String id = Caller.text(project.submit(operator, submitted).good(), "batch");
    AtomicBoolean stop = new AtomicBoolean();
    ExecutorService threads = Executors.newCachedThreadPool();
    try (AcknowledgedLines list = AcknowledgedLines.create(folder.resolve("acknowledged"))) {
      List<Future<?>> agents = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        Caller.Account donor = operator.addDonor(NAMES.get(i));
        LoadAgent agent =
            new LoadAgent(
                pinned,
                impostor::address,
                folder.resolve("load-" + i),
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
      awaitBatch(operator, id, List.of());
      stop.set(true);
      for (Future<?> agent : agents) {
        agent.get();
      }
    } finally {
      stop.set(true);
      threads.shutdownNow();
    }
    operator.settle();
    return issue(operator, "foreign").get(0);
  }

  @Test
  void theOutputsTogetherAreTheKnownExponents() throws Exception {
    List<String> found = new ArrayList<>();
    List<Caller.Result> results = owner.results(batch);
    assertThat(results).extracting(Caller.Result::unit).hasSize(LAST / STEP).isSorted();
    for (Caller.Result result : results) {
      byte[] octets = owner.output(batch, result).good().body();
      assertThat(Hash.sha256(octets).toHex()).isEqualTo(result.output());
      assertThat(result.count()).isPositive();
      for (OutputBundle.OutputFile file : OutputBundle.parse(octets).files()) {
        if (file.path().value().equals("mersenne.txt")) {
          new String(file.content().toArray(), StandardCharsets.UTF_8).lines().forEach(found::add);
        }
      }
    }
    assertThat(found).isEqualTo(KNOWN);
  }

  @Test
  void everyAgentEndedWithEverythingProved() {
    int all = 0;
    for (int i = 0; i < statuses.size(); i++) {
      Status status = statuses.get(i);
      assertThat(status.refused()).isZero();
      assertThat(status.state()).isEqualTo(Status.State.STOPPED);
      assertThat(status.waitingForProof()).isZero();
      assertThat(status.unitsDone()).isEqualTo(provenLines.get(i).longValue());
      all += provenLines.get(i);
    }
    assertThat(statuses)
        .extracting(Status::firstUnit)
        .allMatch(told -> told.startsWith("This computer's first unit was right: log entry "));
    assertThat(all)
        .as("two replicas of each unit, and each computer's first")
        .isEqualTo(2 * LAST / STEP + statuses.size());
    assertThat(provenLines.stream().filter(n -> n > 0)).hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void theLogHoldsFromItsFirstEntryToItsLast() throws Exception {
    assertThat(log.findings()).isEmpty();
  }

  @Test
  void everyDocumentHoldsUnderTrustEvidenceAndLog() throws Exception {
    assertThat(documents.size()).isGreaterThanOrEqualTo(2);
    for (Issued one : documents.values()) {
      List<Step> steps = check(one, coordinator);
      assertThat(steps)
          .extracting(Step::verdict)
          .as(steps.toString())
          .containsOnly(Step.Verdict.OK);
      assertThat(steps)
          .extracting(Step::subject)
          .containsExactly(
              "seal", "issuer", "log entry", "totals", "evidence", "log now", "register");
    }
  }

  @Test
  void theCommandSaysTheSame() {
    Issued one = documents.values().iterator().next();
    assertThat(verify(one, coordinator)).isZero();
    assertThat(verify(one, impostor)).isEqualTo(1);
  }

  @Test
  void aDocumentOfAnotherCoordinatorOfThatNameFailsAtItsIssuer() throws Exception {
    assertThat(check(foreign, impostor))
        .filteredOn(s -> s.verdict() == Step.Verdict.FAILED)
        .as("under its own trust file, but the other's log")
        .extracting(Step::subject)
        .containsExactly("log now");
    List<Step> steps = check(foreign, coordinator);
    Step last = steps.get(steps.size() - 1);
    assertThat(last.verdict()).isEqualTo(Step.Verdict.FAILED);
    assertThat(last.subject()).isEqualTo("issuer");
    assertThat(last.sentence()).contains("none of " + CHARITY + "'s");
  }

  @Test
  void aDonorReadsTheirOwnDocumentsAndNoOthers() throws Exception {
    for (Caller.Account donor : donors) {
      Caller self = operator.with(donor.token());
      for (Issued one : documents.values()) {
        boolean own = one.donor().equals(donor.donor().toHex());
        for (String file : List.of("pdf", "evidence")) {
          String path = "/api/v1/me/documents/" + one.number() + "/" + file;
          Caller.Reply reply = self.get(path);
          assertThat(reply.status()).isEqualTo(own ? 200 : 404);
          if (own && file.equals("pdf")) {
            assertThat(reply.body()).isEqualTo(Files.readAllBytes(one.pdf()));
          }
          assertThat(operator.with("").get(path).status()).isEqualTo(401);
          assertThat(operator.with("f".repeat(64)).get(path).status()).isEqualTo(401);
          assertThat(owner.get(path).status()).isEqualTo(401);
        }
        assertThat(self.get("/api/v1/register/documents/" + one.number() + "/pdf").status())
            .isEqualTo(401);
      }
      JsonFields me = self.get("/api/v1/me").good().fields();
      assertThat(Caller.text(me, "donor")).isEqualTo(donor.donor().toHex());
    }
    assertThat(operator.with("").get("/api/v1/me").status()).isEqualTo(401);
  }

  @Test
  void nothingPublicNamesADonor() throws Exception {
    List<String> pages = new ArrayList<>(List.of("/", "/api/v1/origin", "/api/v1/batches"));
    pages.add("/api/v1/batches/" + batch);
    for (String page : pages) {
      String text = new String(operator.with("").get(page).good().body(), StandardCharsets.UTF_8);
      assertThat(text).doesNotContain(NAMES);
      assertThat(text).doesNotContain(donors.stream().map(d -> d.donor().toHex()).toList());
    }
    for (var entry : log.entries()) {
      String text = new String(entry.octets().toArray(), StandardCharsets.ISO_8859_1);
      assertThat(text).doesNotContain(NAMES);
      assertThat(text).doesNotContain(donors.stream().map(d -> d.donor().toHex()).toList());
    }
  }

  @Test
  void anErasedDonorLeavesALogThatHoldsAndAListOfItsLines() throws Exception {
    Caller caller = Caller.anyone(impostor.address()).with(impostor.operatorToken());
    String document = "/api/v1/register/documents/" + foreign.number();
    Path given = Files.createDirectories(folder.resolve("given"));
    for (Issued other : issue(caller, "others")) {
      if (!other.donor().equals(foreign.donor())) {
        Files.copy(other.pdf(), given.resolve(other.pdf().getFileName()));
        Files.copy(other.evidence(), given.resolve(other.evidence().getFileName()));
      }
    }
    String name = "/api/v1/register/names/" + foreign.donor();
    assertThat(caller.get(name).status()).isEqualTo(200);
    String data = "--data=" + impostor.folder();
    assertThat(almoner("donors", "erase", foreign.donor(), "--reason=asked", data, "--yes"))
        .startsWith("0 donor " + foreign.donor())
        .contains(
            "lines of the log; name and address", foreign.number() + " issued; files will be kept")
        .contains("erased " + foreign.donor() + "; documents " + foreign.number() + " kept");
    assertThat(almoner("donors", "erase", foreign.donor(), "--reason=asked", data))
        .startsWith("0 donor " + foreign.donor() + " was erased before");
    assertThat(caller.get(name).status()).isEqualTo(404);
    assertThat(caller.get(document + "/pdf").good().body())
        .isEqualTo(Files.readAllBytes(foreign.pdf()));
    assertThat(caller.get(document + "/evidence").status()).isEqualTo(410);
    JsonValue statement =
        JsonValue.Obj.of()
            .put("donor", foreign.donor())
            .put("year", LocalDate.now(ZoneOffset.UTC).getYear())
            .build();
    Caller.Reply none = caller.post("/api/v1/register/statements", statement).good();
    assertThat(new String(none.body(), StandardCharsets.UTF_8))
        .contains("\"skipped\"", "the donor was erased");

    assertThat(almoner("donors", "erased", "--out=" + given, data)).startsWith("0 5 lines are");
    String check =
        almoner(
            "log",
            "check",
            "--log=" + impostor.address() + "/log",
            "--trust=" + impostor.trustFile(),
            "--state=" + folder.resolve("seen"),
            "--openings=" + given);
    assertThat(check).contains("erased 5; 0 usage lines without opening", " 0 findings");
    assertThat(check).startsWith("0 ");
    assertThat(almoner("donors", "keys-backup", data, "--to=" + folder.resolve("copies")))
        .startsWith("0 ")
        .contains(" keys copied to ");
  }

  /** Exit code and output of the command. */
  private static String almoner(String... verb) {
    AlmonerProcess process =
        AlmonerProcess.run(
            folder.resolve("almoner-" + verb[1] + verb.length + ".log"), "128m", List.of(verb));
    return process.awaitEnd(60) + " " + process.output().strip();
  }

  private static List<Step> check(Issued one, ServedCoordinator trusted) throws Exception {
    return DocumentCheck.of(Files.readAllBytes(one.pdf()))
        .trusting(TrustFile.parse(Files.readAllBytes(trusted.trustFile())))
        .withEvidence(Files.readAllBytes(one.evidence()))
        .against(log.tiles(), log.note())
        .run();
  }

  private static int verify(Issued one, ServedCoordinator trusted) {
    List<String> verb =
        List.of(
            "verify",
            one.pdf().toString(),
            "--trust=" + trusted.trustFile(),
            "--evidence=" + one.evidence(),
            "--log=" + log.tiles().directory());
    return AlmonerProcess.run(folder.resolve("verify.log"), "128m", verb).awaitEnd(60);
  }
}
