package org.almoner.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.almoner.agent.proof.LineProof;
import org.almoner.agent.proof.Receipt;
import org.almoner.agent.world.Harness;
import org.almoner.agent.world.StubRunner;
import org.almoner.agent.world.TestCoordinator;
import org.almoner.protocol.usage.StarterAnswer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the agent tells its owner of a unit whose answer was known, and does then. */
class FirstUnitTest {
  private static final String WRONG =
      "This computer gave a wrong answer to a unit whose answer is known: log entry ";
  private static final String RIGHT = "This computer's first unit was right: log entry ";

  @TempDir Path parent;
  private Path home;
  private TestCoordinator coordinator;

  @BeforeEach
  void open() throws Exception {
    coordinator = new TestCoordinator();
    home = Files.createDirectory(parent.resolve("home"));
  }

  @AfterEach
  void close() {
    coordinator.close();
  }

  @Test
  void aWrongAnswerIsToldUntilOneIsRightAndThatForEver() throws Exception {
    coordinator.onReceipt = receipt -> saying(receipt, StarterAnswer.WRONG);
    coordinator.unit("unit", "0");
    awaitTold(WRONG);
    awaitTold(WRONG);
    coordinator.onReceipt = receipt -> saying(receipt, StarterAnswer.RIGHT);
    coordinator.unit("unit", "1");
    awaitTold(RIGHT);
    coordinator.onReceipt = receipt -> receipt;
    coordinator.unit("unit", "2");
    awaitTold(RIGHT);
    assertThat(coordinator.logged()).hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void otherWorkIsAskedForAtOnceWhenItWasRight() throws Exception {
    coordinator.noWorkMs = 3_600_000;
    coordinator.unit("unit", "0");
    coordinator.onReceipt =
        receipt -> {
          if (coordinator.logged().size() == 1) {
            coordinator.unit("unit", "1");
          }
          return saying(receipt, StarterAnswer.RIGHT);
        };
    try (Harness agent = Harness.start(home, coordinator.address(), new StubRunner())) {
      agent.until("the second is logged too", () -> coordinator.logged().size() == 2);
    }
  }

  /** Starts an agent; the sentence is there with a proof's entry, from the shelf or from now. */
  private void awaitTold(String beginning) throws Exception {
    try (Harness agent = Harness.start(home, coordinator.address(), new StubRunner())) {
      agent.until(
          beginning,
          () ->
              agent.status().filter(s -> s.firstUnit().startsWith(beginning)).isPresent()
                  && coordinator.units.isEmpty());
    }
  }

  private static Receipt saying(Receipt receipt, StarterAnswer answer) {
    return new Receipt(
        receipt.checkpoint(),
        receipt.lines().stream()
            .map(l -> new LineProof(l.leaf(), l.salt(), l.part(), l.inclusion(), answer))
            .toList(),
        receipt.consistency());
  }
}
