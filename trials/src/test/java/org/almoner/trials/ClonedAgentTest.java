package org.almoner.trials;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.almoner.protocol.identity.DonorId;
import org.almoner.trials.liars.Books;
import org.almoner.trials.liars.TimedCoordinator;
import org.almoner.trials.world.Volunteer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk is copied, or a backup restored: two computers sign with one key. Honest people do that.
 */
class ClonedAgentTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path folder;
  private TimedCoordinator coordinator;
  private DonorId ada;
  private DonorId bea;

  @BeforeEach
  void open() throws Exception {
    coordinator =
        new TimedCoordinator(folder.resolve("coordinator"), "mersenne.txt", "residues.txt");
    ada = coordinator.donor();
    bea = coordinator.donor();
  }

  @AfterEach
  void close() {
    coordinator.close();
  }

  @Test
  void theKeyIsSuspendedAndBothCopiesGoOnWithKeysOfTheirOwn() throws Exception {
    Path home = folder.resolve("ada");
    Path clone = folder.resolve("clone");
    try (Volunteer partner = start(folder.resolve("bea"), bea)) {
      try (Volunteer first = start(home, ada)) {
        work("before the copy", first, partner);
      }
      coordinator.settle();
      assertThat(counted(ada)).as("settled before").isEqualTo(1);
      copy(home, clone);
      try (Volunteer original = again(home)) {
        work("logged by the original, not settled yet", original, partner);
      }
      try (Volunteer copied = again(clone)) {
        String fork = coordinator.submit("reported by the copy, under a number used before", 1);
        until(() -> copied.status().notice().contains("has a new key"), copied, partner);
        assertThat(coordinator.evidence()).isEqualTo(1);
        coordinator.pass(Duration.ofDays(2));
        // Nobody has done anything about it: it works on under its new key.
        until(() -> coordinator.anyone().batch(fork).done(), copied, partner);
        copied.link(coordinator.operator().drawCode(ada)); // claims that work too
        until(() -> linked(clone), copied, partner);
      }
      try (Volunteer original = again(home)) {
        until(() -> original.status().notice().contains("has a new key"), original, partner);
        original.link(coordinator.operator().drawCode(ada));
        until(() -> linked(home), original, partner);
        work("by the original, under its new key", original, partner);
      }
    }
    coordinator.settle();
    Books books = Books.of(coordinator, folder);
    assertThat(books.lines()).as("each lease has one line").isEqualTo(8);
    assertThat(books.counted(ada)).as("before, unsettled, copy, original").isEqualTo(4);
    assertThat(books.counted(bea)).isEqualTo(4);
  }

  private Volunteer start(Path home, DonorId donor) throws Exception {
    String code = coordinator.operator().drawCode(donor);
    return Volunteer.start(home, coordinator.address(), coordinator.pinned(), code);
  }

  private Volunteer again(Path home) throws Exception {
    return Volunteer.again(home, coordinator.address(), coordinator.pinned());
  }

  private long counted(DonorId donor) throws Exception {
    return Books.of(coordinator, folder).counted(donor);
  }

  /** One unit, agreed by both, its proofs with them. */
  private void work(String purpose, Volunteer... both) throws Exception {
    String batch = coordinator.submit(purpose, 1);
    until(() -> coordinator.anyone().batch(batch).done(), both);
    for (Volunteer one : both) {
      one.awaitProofs();
    }
  }

  private static boolean linked(Path home) throws Exception {
    try (var paths = Files.walk(home.resolve("origins"))) {
      return paths.anyMatch(
          p ->
              Files.isRegularFile(p)
                  && p.toString().contains("/agent/shelf/links/")
                  && !p.toString().contains("retired"));
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof NoSuchFileException) {
        return false; // written and renamed while this looked
      }
      throw e;
    }
  }

  /** What it says of itself, if it has said anything yet. */
  private static String said(Volunteer one) throws Exception {
    return one.home() + (one.hasStatus() ? ": " + one.status() : " has said nothing yet");
  }

  private static void until(Callable<Boolean> holds, Volunteer... working) throws Exception {
    Instant fault = Instant.now().plus(PATIENCE);
    while (!holds.call()) {
      for (Volunteer one : working) {
        assertThat(one.isWorking()).isTrue();
        assertThat(Instant.now()).as("the agents, one of them: %s", said(one)).isBefore(fault);
      }
      Thread.sleep(20);
    }
  }

  private static void copy(Path from, Path to) throws Exception {
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }
}
