package org.almoner.trials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.lease.Allotment;
import org.almoner.trials.load.Rule;
import org.almoner.trials.load.SigningAgent;
import org.almoner.trials.world.Caller;
import org.almoner.trials.world.Project;
import org.almoner.trials.world.ServedCoordinator;
import org.almoner.workload.batch.BatchUnits;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the process of a coordinator does by itself, while nobody asks it for anything. */
class ServedProcessTest {
  private static final String LISTENING = "0A";
  private static final long EXPIRY_SECONDS_MAX = 60;

  @TempDir static Path folder;
  private static ServedCoordinator coordinator;

  @BeforeAll
  static void serve() {
    coordinator =
        new ServedCoordinator(
            folder.resolve("coordinator"), List.of("--lease", "1s", "--no-starter"));
    coordinator.start();
  }

  @AfterAll
  static void stop() {
    coordinator.close();
  }

  @Test
  void itOwnsExactlyOneListeningSocketAndNoOtherDoor() throws Exception {
    Path process = Path.of("/proc", Long.toString(coordinator.process().pid()));
    assumeThat(process).as("tool missing: proc").isDirectory();
    Caller.anyone(coordinator.address()).get("/livez");
    Set<String> owned = sockets(process.resolve("fd"));
    assertThat(owned).isNotEmpty();
    List<String> doors =
        Stream.of("tcp", "tcp6")
            .flatMap(table -> rows(process.resolve("net").resolve(table)))
            .filter(row -> row[3].equals(LISTENING) && owned.contains(row[9]))
            .map(row -> row[1])
            .toList();
    assertThat(doors).hasSize(1);
    String port = doors.get(0).substring(doors.get(0).indexOf(':') + 1);
    assertThat(Integer.parseInt(port, 16)).isEqualTo(coordinator.address().getPort());
    assertThat(
            Stream.of("udp", "udp6", "raw", "raw6")
                .flatMap(table -> rows(process.resolve("net").resolve(table)))
                .filter(row -> owned.contains(row[9])))
        .isEmpty();
  }

  @Test
  void aLeaseThatNobodyReportsIsTakenBackThoughNobodyAsks() throws Exception {
    Caller anyone = Caller.anyone(coordinator.address());
    Caller operator = anyone.with(coordinator.operatorToken());
    SecureRandom random = new SecureRandom();
    String origin = Caller.text(anyone.get("/api/v1/origin"), "origin");
    Project project = Project.of(origin, SigningKey.generate(random), Rule.FILE);
    project.upload(anyone.with(operator.approveOwner("Institute", project.owner().publicKey())));
    Envelope batch =
        project.batch(
            "A lease that is never reported.",
            new BatchUnits.Range(1, 10, 10),
            new Allotment(1, 1 << 20, 1 << 20, 1_000));
    String id = Caller.text(project.submit(operator, batch), "batch");
    SigningAgent agent = new SigningAgent(origin, SigningKey.generate(random));
    anyone.post("/api/v1/enrolments", agent.enrolment().toJson()).good();
    anyone.post("/api/v1/leases", agent.request(1, new Random(1)).toJson()).good();
    assertThat(anyone.batch(id).leased()).isEqualTo(1);

    long end = System.nanoTime() + EXPIRY_SECONDS_MAX * 1_000_000_000L;
    while (anyone.batch(id).leased() > 0 && System.nanoTime() < end) {
      Thread.sleep(100);
    }
    assertThat(anyone.batch(id).leased()).isZero();
  }

  /** Inodes of the sockets a process holds open. */
  private static Set<String> sockets(Path descriptors) throws IOException {
    Set<String> inodes = new HashSet<>();
    try (Stream<Path> files = Files.list(descriptors)) {
      for (Path file : files.toList()) {
        String target = Files.readSymbolicLink(file).toString();
        if (target.startsWith("socket:[")) {
          inodes.add(target.substring("socket:[".length(), target.length() - 1));
        }
      }
    }
    return inodes;
  }

  /** The table without its heading, each row cut at its blanks. */
  private static Stream<String[]> rows(Path table) {
    try {
      return Files.exists(table)
          ? Files.readAllLines(table).stream().skip(1).map(row -> row.strip().split("\\s+"))
          : Stream.empty();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
