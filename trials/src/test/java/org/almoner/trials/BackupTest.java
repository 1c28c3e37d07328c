package org.almoner.trials;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.almoner.agent.origin.Pinned;
import org.almoner.ledger.entry.Entry;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.lease.Allotment;
import org.almoner.trials.load.AcknowledgedLine;
import org.almoner.trials.load.AcknowledgedLines;
import org.almoner.trials.load.LoadAgent;
import org.almoner.trials.load.Rule;
import org.almoner.trials.world.AlmonerProcess;
import org.almoner.trials.world.Caller;
import org.almoner.trials.world.MirroredLog;
import org.almoner.trials.world.Project;
import org.almoner.trials.world.ServedCoordinator;
import org.almoner.workload.batch.BatchUnits;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A coordinator is copied while agents work, killed, and made again of the copy. */
class BackupTest {
  private static final int LINES_MIN = 60;
  private static final long SECONDS_MAX = 120;

  @TempDir Path folder;

  @Test
  @Tag("long")
  void everyLineAcknowledgedBeforeTheCopyIsInWhatIsRestored() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    ExecutorService threads = Executors.newCachedThreadPool();
    List<String> options = List.of("--maturity", "0s", "--retry", "1s", "--no-starter");
    List<AcknowledgedLine> before;
    Pinned pinned;
    Path data = folder.resolve("coordinator");
    Path copy = folder.resolve("copy");
    try (ServedCoordinator coordinator = new ServedCoordinator(data, options);
        AcknowledgedLines list = AcknowledgedLines.create(folder.resolve("acknowledged"))) {
      coordinator.start();
      Caller anyone = Caller.anyone(coordinator.address());
      Caller operator = anyone.with(coordinator.operatorToken());
      pinned = Pinned.parse(anyone.get("/api/v1/origin").fields());
      Project project =
          Project.of(pinned.origin(), SigningKey.generate(new SecureRandom()), Rule.FILE);
      Caller owner = anyone.with(operator.approveOwner("Institute", project.owner().publicKey()));
      project.upload(owner);
      String batch =
          Caller.text(
              project.submit(
                  owner,
                  project.batch(
                      "Units without end, for a trial of copies.",
                      new BatchUnits.Range(1, 20_000, 10),
                      new Allotment(1, 1 << 20, 1 << 20, 60_000))),
              "batch");
      assertThat(batch).hasSize(16);
      List<Future<?>> agents = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        String donor = operator.addDonor("Donor " + i).donor().toHex();
        LoadAgent agent =
            new LoadAgent(
                pinned,
                coordinator::address,
                folder.resolve("agent-" + i),
                SigningKey.generate(new SecureRandom()),
                donor,
                list,
                new Random(i),
                0);
        agent.introduce(operator.drawCode(DonorId.parseHex(donor)));
        agents.add(
            threads.submit(
                () -> {
                  agent.work(stop);
                  return 0;
                }));
      }
      awaitLines(list, LINES_MIN, agents);
      before = list.read();
      assertThat(run("backup", copy.toString(), "--data", data.toString(), "--with-keys")).isZero();
      awaitLines(list, list.count() + 10, agents);
      coordinator.kill();
    } finally {
      stop.set(true);
      threads.shutdownNow();
    }

    long size = sizeOf(copy);
    Path closed = folder.resolve("closed");
    assertThat(run("restore", copy.toString(), "--data", closed.toString(), "--as-of-loss"))
        .isEqualTo(1);
    assertThat(run("serve", "--data", closed.toString(), "--listen", "127.0.0.1:0")).isEqualTo(2);

    Path restored = folder.resolve("restored");
    assertThat(run("restore", copy.toString(), "--data", restored.toString(), "--nothing-was-lost"))
        .isZero();
    try (ServedCoordinator again = new ServedCoordinator(restored, options)) {
      again.start();
      MirroredLog log =
          MirroredLog.copy(
              Caller.anyone(again.address()), pinned.logKey(), folder.resolve("mirror"));
      assertThat(log.findings()).isEmpty();
      assertThat(log.checkpoint().size()).isGreaterThanOrEqualTo(size);
      List<Entry> entries = log.entries();
      assertThat(before).hasSizeGreaterThanOrEqualTo(LINES_MIN);
      for (AcknowledgedLine line : before) {
        assertThat(line.leaf()).isLessThan(size);
        assertThat(entries.get((int) line.leaf())).isEqualTo(line.entry(pinned.origin()));
      }
    }
  }

  private static void awaitLines(AcknowledgedLines list, long min, List<Future<?>> agents)
      throws Exception {
    long end = System.nanoTime() + SECONDS_MAX * 1_000_000_000L;
    while (list.count() < min) {
      for (Future<?> agent : agents) {
        if (agent.isDone()) {
          agent.get();
        }
      }
      assertThat(System.nanoTime()).as("a standstill").isLessThan(end);
      Thread.sleep(20);
    }
  }

  private static long sizeOf(Path copy) throws Exception {
    Matcher entries =
        Pattern.compile("\"entries\":([0-9]+)")
            .matcher(Files.readString(copy.resolve("backup.json")));
    assertThat(entries.find()).isTrue();
    return Long.parseLong(entries.group(1));
  }

  private int run(String... verb) {
    return AlmonerProcess.run(folder.resolve("verbs.log"), "256m", List.of(verb)).awaitEnd(120);
  }
}
