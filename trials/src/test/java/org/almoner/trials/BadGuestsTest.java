package org.almoner.trials;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.almoner.agent.origin.Pinned;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.problem.Problem;
import org.almoner.protocol.usage.UsageLine;
import org.almoner.trials.world.Caller;
import org.almoner.trials.world.Guests;
import org.almoner.trials.world.LivingFolder;
import org.almoner.trials.world.Project;
import org.almoner.trials.world.ServedCoordinator;
import org.almoner.trials.world.Volunteer;
import org.almoner.workload.batch.BatchUnits;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An approved owner submits programs that mean no good. Each is refused with a sentence, or ended
 * on the volunteers' computers and reported; after each, honest work is done as before.
 */
@Tag("long")
class BadGuestsTest {
  private static final int PAGES = 16;
  private static final long UNIT_SECONDS_MAX = 120;

  /** What the guest is told when there is no place for another file: {@code nospc}. */
  private static final int NO_SPACE = 51;

  @TempDir static Path folder;
  private static ServedCoordinator coordinator;
  private static Caller anyone;
  private static Caller owner;
  private static String origin;
  private static final SigningKey ownerKey = SigningKey.generate(new SecureRandom());
  private static final List<Volunteer> volunteers = new ArrayList<>();
  private static int batches;

  @BeforeAll
  static void serve() throws Exception {
    coordinator =
        new ServedCoordinator(
            folder.resolve("coordinator"), List.of("--retry", "1s", "--no-starter"));
    anyone = Caller.anyone(coordinator.start());
    Caller operator = anyone.with(coordinator.operatorToken());
    Pinned pinned = Pinned.parse(anyone.get("/api/v1/origin").fields());
    origin = pinned.origin();
    owner = anyone.with(operator.approveOwner("Institute", ownerKey.publicKey()));
    for (int i = 0; i < 2; i++) {
      volunteers.add(
          Volunteer.start(
              folder.resolve("agent-" + i),
              coordinator.address(),
              pinned,
              operator.drawCode(operator.addDonor("Donor " + i).donor())));
    }
  }

  @AfterAll
  static void stop() {
    volunteers.forEach(Volunteer::close);
    coordinator.close();
  }

  @AfterEach
  void everybodyLivesOn() throws Exception {
    assertThat(volunteers).allMatch(Volunteer::isWorking);
    assertThat(anyone.get("/readyz").status()).isEqualTo(200);
    assertThat(
            ProcessHandle.current()
                .children()
                .filter(child -> child.pid() != coordinator.process().pid()))
        .as("processes that outlive their unit")
        .noneMatch(ProcessHandle::isAlive);
  }

  static Stream<Arguments> notAdmitted() {
    return Stream.of(
        Arguments.of("a script", Guests.script(), "no WebAssembly module"),
        Arguments.of("a module cut short", Guests.cutShort(), "ends"),
        Arguments.of("a section larger than its module", Guests.sectionBeyondTheEnd(), "code"),
        Arguments.of("an ill-typed module", Guests.illTyped(), ""),
        Arguments.of("one that wants the network", Guests.wantsTheNetwork(), "sock_open"),
        Arguments.of("one that wants the host", Guests.wantsTheHost(), "env"),
        Arguments.of("one too large at birth", Guests.tooLargeAtBirth(), "100"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("notAdmitted")
  void isRefusedWhenItIsSubmitted(String what, byte[] module, String word) throws Exception {
    Project project = new Project(origin, ownerKey, Bytes.of(module), List.of("out.txt"));
    project.upload(owner);
    Caller.Reply reply = project.submit(owner, batch(project, 60_000));
    Problem problem = Problem.parse(JsonFields.of(reply.object()));
    assertThat(problem.status()).isEqualTo(reply.status()).isEqualTo(422);
    assertThat(problem.slug()).isEqualTo("module-refused");
    assertThat(problem.detail()).contains(word).doesNotContain("\n").doesNotContain("Exception");
  }

  static Stream<Arguments> admitted() {
    int ended = UsageLine.EXIT_MAX;
    return Stream.of(
        Arguments.of("a loop without end", Guests.endless(), 2_000, ended, "ran longer than"),
        Arguments.of(
            "one that takes all memory", Guests.greedy(), 60_000, ended, "octets of memory"),
        Arguments.of("one that traps", Guests.trapping(), 60_000, ended, "the guest trapped: "),
        Arguments.of(
            "one that calls itself without end",
            Guests.tested("recursion"),
            60_000,
            ended,
            "the guest trapped: call stack exhausted"),
        Arguments.of(
            "one that prints without end", Guests.tested("shout"), 3_000, ended, "ran longer than"),
        Arguments.of(
            "one that makes a million files",
            Guests.tested("crowd"),
            60_000,
            NO_SPACE,
            "no more files..."),
        Arguments.of("one that reaches out", Guests.escaping(), 60_000, Guests.refusedExit(), ""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("admitted")
  void isEndedAndReportedByBothDonors(
      String what, byte[] module, long wallMs, int exit, String reason) throws Exception {
    List<List<UsageLine>> before = provenLines();
    Project project = new Project(origin, ownerKey, Bytes.of(module), List.of("out.txt"));
    String batch = end(project, wallMs);
    Caller.Standing standing = anyone.batch(batch);
    assertThat(standing.failed()).isEqualTo(1);
    assertThat(standing.reported()).isEqualTo(2);
    assertThat(ownersPage(batch)).contains(reason);
    for (int i = 0; i < volunteers.size(); i++) {
      List<UsageLine> lines = new ArrayList<>(volunteers.get(i).provenLines());
      lines.removeAll(before.get(i));
      assertThat(lines).hasSize(1);
      assertThat(lines.get(0).exit()).isEqualTo(exit);
    }
    assertThat(LivingFolder.paths(folder)).noneMatch(path -> path.endsWith(Guests.escaped()));
    Project honest =
        new Project(
            origin,
            ownerKey,
            Bytes.of(Files.readAllBytes(Project.MERSENNE)),
            List.of("mersenne.txt"));
    assertThat(anyone.batch(end(honest, 60_000)).accepted())
        .as("the next honest unit")
        .isEqualTo(1);
  }

  @Test
  void theSameProgramMayWriteWhereItWasGivenADirectory() throws Exception {
    Project project =
        new Project(origin, ownerKey, Bytes.of(Guests.staying()), List.of(Guests.escaped()));
    assertThat(anyone.batch(end(project, 60_000)).accepted()).isEqualTo(1);
  }

  /** What 'workload logs' tells its owner. */
  private static String ownersPage(String batch) throws Exception {
    String path = "/api/v1/batches/" + batch + "/units?from=0&limit=1&state=failed";
    return new String(owner.get(path).good().body(), StandardCharsets.UTF_8);
  }

  private static List<List<UsageLine>> provenLines() throws Exception {
    List<List<UsageLine>> lines = new ArrayList<>();
    for (Volunteer volunteer : volunteers) {
      lines.add(volunteer.provenLines());
    }
    return lines;
  }

  private static Envelope batch(Project project, long wallMs) {
    batches++;
    return project.batch(
        "Batch number " + batches + " of a trial.",
        new BatchUnits.Range(1, 20, 20),
        new Allotment(1, PAGES * Allotment.PAGE_BYTES, 1 << 20, wallMs));
  }

  /** Submits one unit, and waits until it ended and its agents hold their proofs. */
  private static String end(Project project, long wallMs) throws Exception {
    project.upload(owner);
    Caller.Reply reply = project.submit(owner, batch(project, wallMs)).good();
    String id = Caller.text(reply, "batch");
    long end = System.nanoTime() + UNIT_SECONDS_MAX * 1_000_000_000L;
    while (!anyone.batch(id).done()) {
      assertThat(System.nanoTime()).as("batch " + anyone.batch(id)).isLessThan(end);
      assertThat(volunteers).allMatch(Volunteer::isWorking);
      Thread.sleep(50);
    }
    for (Volunteer volunteer : volunteers) {
      volunteer.awaitProofs();
    }
    return id;
  }
}
