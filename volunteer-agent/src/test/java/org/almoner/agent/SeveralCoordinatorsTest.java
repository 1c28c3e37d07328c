package org.almoner.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.almoner.agent.durable.FsyncDisk;
import org.almoner.agent.world.Harness;
import org.almoner.agent.world.Identities;
import org.almoner.agent.world.StubRunner;
import org.almoner.agent.world.TestCoordinator;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.lease.LeaseRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One computer lends to two coordinators. */
class SeveralCoordinatorsTest {
  @TempDir Path parent;
  private Path home;
  private TestCoordinator one;
  private TestCoordinator other;
  private final StubRunner runner = new StubRunner();

  @BeforeEach
  void open() throws Exception {
    home = Files.createDirectory(parent.resolve("home"));
    one = new TestCoordinator("log.example.org/one", 0);
    other = new TestCoordinator("log.example.org/other", 0);
  }

  @AfterEach
  void close() {
    one.close();
    other.close();
  }

  @Test
  void bothGetTheirLinesUnderKeysThatNobodyCanTellToBeOfOneComputer() throws Exception {
    for (int i = 0; i < 4; i++) {
      one.unit("one", "" + i);
      other.unit("other", "" + i);
    }
    try (Harness agent = start(one, other)) {
      agent.until("all lines are logged", () -> one.logged().size() == 4);
      agent.until("of both", () -> other.logged().size() == 4);
      agent.until(
          "all is proved", () -> agent.status().filter(s -> s.waitingForProof() == 0).isPresent());
      assertThat(agent.status().orElseThrow().unitsDone()).isEqualTo(8);
      assertThat(agent.reason())
          .contains(one.address().uri().getAuthority() + ": ")
          .contains(other.address().uri().getAuthority() + ": ");
    }
    assertThat(agents(one)).hasSize(1).doesNotContainAnyElementsOf(agents(other));
    assertThat(runner.started).hasValue(8);
  }

  @Test
  void oneThatIsAwayOrBecameAnotherDoesNotStopTheOther() throws Exception {
    one.unit("first");
    try (Harness agent = start(one, other)) {
      agent.until("it knows both", () -> one.logged().size() == 1 && !other.asked.isEmpty());
    }
    one.close();
    other.unit("while one is away");
    try (Harness agent = start(one, other)) {
      agent.until("the other has its line", () -> other.logged().size() == 1);
      agent.until("it says that one is away", () -> agent.reason().contains("no answer from"));
    }
    int port = one.port();
    one = new TestCoordinator("log.example.org/one", port);
    one.shownKey = Identities.key("a stranger");
    other.unit("while one is a stranger");
    try (Harness agent = start(one, other)) {
      agent.until("the other has its line", () -> other.logged().size() == 2);
      agent.until("that is said", () -> agent.reason().contains("says it has the coordinator key"));
      assertThat(agent.running()).isTrue();
    }
  }

  @Test
  void oneLogAtTwoAddressesIsServedOnce() throws Exception {
    other.close();
    other = new TestCoordinator("log.example.org/one", 0);
    try (Harness agent = start(one, other)) {
      agent.until("that is said", () -> agent.reason().contains("at another address already"));
      agent.until("one of them is asked", () -> !one.asked.isEmpty() || !other.asked.isEmpty());
      assertThat(one.asked.isEmpty() || other.asked.isEmpty()).isTrue();
    }
  }

  private Harness start(TestCoordinator... coordinators) {
    AgentSettings settings =
        Harness.settings(home, coordinators[0].address())
            .withCoordinators(
                List.of(coordinators).stream().map(TestCoordinator::address).toList());
    return Harness.start(settings, runner, new FsyncDisk());
  }

  private static Set<AgentId> agents(TestCoordinator coordinator) {
    Set<AgentId> agents = new HashSet<>();
    for (LeaseRequest request : List.copyOf(coordinator.asked)) {
      agents.add(request.agent());
    }
    return agents;
  }
}
