package org.almoner.trials;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.trials.load.BriefDonors;
import org.almoner.trials.world.AlmonerProcess;
import org.almoner.trials.world.Caller;
import org.almoner.trials.world.ServedCoordinator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A year's documents of many donors from a served coordinator, which is killed in the middle. Those
 * whose unit nobody else answered get none. How many donors there are is {@code
 * -Dalmoner.donors=N}; the figures go to the output.
 */
class ManyDonorsTest {
  private static final int DONORS = Integer.getInteger("almoner.donors", 600);
  private static final int THREADS = 16;
  private static final int DAY_SECONDS = 86_400;

  @TempDir Path folder;
  private long peakKib;

  @Test
  @Tag("long")
  void aRunThatIsKilledInTheMiddleEndsWithOneDocumentForEachDonor() throws Exception {
    try (ServedCoordinator coordinator =
        new ServedCoordinator(
            folder.resolve("coordinator"),
            List.of(
                "--no-starter",
                "--origin=log.example.org/many",
                "--charity=Example Commons",
                "--maturity=0s",
                "--period=open"))) {
      Caller operator = Caller.anyone(coordinator.start()).with(coordinator.operatorToken());
      long began = System.nanoTime();
      assertThat(BriefDonors.make(operator, DONORS, THREADS)).hasSize(DONORS);
      say("made %d donors with a settled line each in %.0f s", DONORS, since(began));

      began = System.nanoTime();
      int year = LocalDate.now(ZoneOffset.UTC).getYear();
      operator.post("/api/v1/register/runs", JsonValue.Obj.of().put("year", year).build()).good();
      long before = await(operator, coordinator, DONORS / 2);
      double untilKill = since(began);
      coordinator.kill();
      say("killed after %d documents and %.1f s, %d MiB at most", before, untilKill, peakMib());

      long returned = System.nanoTime();
      peakKib = 0;
      operator = Caller.anyone(coordinator.start()).with(coordinator.operatorToken());
      say("back in %.1f s", since(returned));
      assertThat(await(operator, coordinator, DONORS)).isEqualTo(DONORS);
      JsonFields status = operator.get("/api/v1/register/runs").good().fields();
      long issued = status.integer("issued", 0, DONORS) + status.integer("stood", 0, DONORS);
      assertThat(issued).isGreaterThan(DONORS / 3);
      say(
          "all %d in %.1f s more, %d MiB at most, %.1f documents a second; %d donors wait",
          issued,
          since(returned),
          peakMib(),
          issued / (untilKill + since(returned)),
          DONORS - issued);

      long audited = System.nanoTime();
      AlmonerProcess audit =
          AlmonerProcess.run(
              folder.resolve("audit.log"),
              "384m",
              List.of(
                  "receipts",
                  "audit",
                  "--register=" + coordinator.folder().resolve("private/register"),
                  "--log=" + coordinator.address() + "/log",
                  "--trust=" + coordinator.trustFile()));
      assertThat(audit.awaitEnd(DAY_SECONDS)).as(audit.tail()).isZero();
      assertThat(audit.output())
          .contains(issued + " numbers, " + issued + " receipts in the log, 0 findings");
      say("audited in %.1f s", since(audited));
    }
  }

  /** Waits until the run has gone over so many, or is over; returns how many it went over. */
  private long await(Caller operator, ServedCoordinator coordinator, int many) throws Exception {
    while (true) {
      JsonFields status = operator.get("/api/v1/register/runs").good().fields();
      String state = Caller.text(status, "state");
      long done = status.integer("done", 0, Integer.MAX_VALUE);
      peakKib = Math.max(peakKib, peakKib(coordinator.process().pid()));
      assertThat(state)
          .as(() -> Caller.text(status, "failure") + "\n" + coordinator.process().tail())
          .isIn("working", "done");
      if (state.equals("done") || many < DONORS && done >= many) {
        return done;
      }
      Thread.sleep(200);
    }
  }

  private long peakMib() {
    return peakKib >> 10;
  }

  private static long peakKib(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }

  private static double since(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }

  private static void say(String form, Object... values) {
    System.out.println(String.format(Locale.ROOT, form, values));
  }
}
