package org.almoner.agent.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.almoner.agent.contact.Allowance.Use;
import org.almoner.agent.durable.FsyncDisk;
import org.almoner.agent.durable.SetAside;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may be moved in a day. */
class AllowanceTest {
  private static final long MIB = 1L << 20;
  private static final long DAILY = 100 * MIB;

  @TempDir Path home;
  private Instant now = Instant.parse("2026-11-21T22:00:00Z");
  private final List<String> told = new ArrayList<>();

  @Test
  void workLeavesTheLastTenthToReports() throws Exception {
    Allowance allowance = open();
    allowance.take(Use.WORK, 90 * MIB);
    assertThat(allowance.left(Use.WORK)).isZero();
    assertThat(allowance.spent().orElseThrow())
        .contains("104857600 octets", "work goes on at 00:00 UTC");
    assertThatThrownBy(() -> allowance.take(Use.WORK, 1)).isInstanceOf(AllowanceSpent.class);
    allowance.take(Use.PROOF, 10 * MIB);
    assertThatThrownBy(() -> allowance.take(Use.PROOF, 1))
        .isInstanceOfSatisfying(
            AllowanceSpent.class,
            e -> assertThat(e.untilTomorrow()).isEqualTo(Duration.ofHours(2)));
  }

  @Test
  void whatWasSetAsideAndNotMovedIsGivenBack() throws Exception {
    Allowance allowance = open();
    allowance.take(Use.WORK, 80 * MIB);
    allowance.settle(80 * MIB, 3 * MIB);
    assertThat(allowance.left(Use.WORK)).isEqualTo(87 * MIB);
  }

  @Test
  void aKilledAgentCountsNeverTooFewAndAStoppedOneExactly() throws Exception {
    Allowance allowance = open();
    allowance.take(Use.WORK, 40 * MIB);
    assertThat(open().left(Use.PROOF)).isBetween(59 * MIB, 60 * MIB);
    allowance.close();
    assertThat(open().left(Use.PROOF)).isEqualTo(60 * MIB);
  }

  @Test
  void aNewDayBeginsAtMidnightAndNoClockSetBackBringsOne() throws Exception {
    Allowance allowance = open();
    allowance.take(Use.WORK, 90 * MIB);
    now = Instant.parse("2026-11-20T23:00:00Z");
    assertThat(allowance.left(Use.WORK)).isZero();
    now = Instant.parse("2026-11-22T00:00:00Z");
    assertThat(allowance.left(Use.WORK)).isEqualTo(90 * MIB);
    assertThat(open().left(Use.WORK)).isEqualTo(90 * MIB);
  }

  @Test
  void whereTheCountIsDamagedTheDayIsUsedUp() throws Exception {
    open().take(Use.WORK, MIB);
    Path file = home.resolve(Allowance.FILE);
    Files.writeString(file, Files.readString(file).replace("\"octets\":2", "\"octets\":1"));
    assertThat(open().left(Use.PROOF)).isZero();
    assertThat(told).hasSize(1);
    assertThat(told.get(0)).contains("traffic.json is damaged", "today counts as used up");
    assertThat(open().left(Use.PROOF)).isZero();
    now = now.plus(Duration.ofHours(2));
    assertThat(open().left(Use.PROOF)).isEqualTo(DAILY);
  }

  @Test
  void withoutALimitNothingIsWritten() throws Exception {
    Allowance any = Allowance.unlimited();
    any.take(Use.WORK, Long.MAX_VALUE / 2);
    any.take(Use.WORK, Long.MAX_VALUE / 2);
    any.close();
    assertThat(any.spent()).isEmpty();
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void lessThanSixteenMebibytesAreRefused() {
    assertThatThrownBy(
            () -> Allowance.open(home, new FsyncDisk(), () -> now, 16 * MIB - 1, aside()))
        .hasMessageContaining("at least 16777216 (16 MiB)");
  }

  private Allowance open() throws Exception {
    return Allowance.open(home, new FsyncDisk(), () -> now, DAILY, aside());
  }

  private SetAside aside() {
    return new SetAside(home, new FsyncDisk(), told::add);
  }
}
