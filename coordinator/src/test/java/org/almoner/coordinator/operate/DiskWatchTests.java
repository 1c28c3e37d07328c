package org.almoner.coordinator.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk of which others take as much as the test says; the ballast is real. */
class DiskWatchTests {
  private static final long MIB = 1L << 20;
  private static final DiskLimits LIMITS = new DiskLimits(10 * MIB, 16 * MIB);

  @TempDir Path temp;
  private Path file;

  /** What is free beside the ballast. */
  private long room;

  private boolean broken;

  @BeforeEach
  void aDiskWithRoom() {
    file = temp.resolve("ballast");
    room = 100 * MIB;
  }

  private long free() throws IOException {
    if (broken) {
      throw new IOException("stale");
    }
    return room - (Files.exists(file) ? Files.size(file) : 0);
  }

  private DiskWatch watch() throws IOException {
    return new DiskWatch(LIMITS, this::free, file);
  }

  private DiskWatch whole() throws IOException {
    DiskWatch watch = watch();
    watch.step();
    watch.step();
    return watch;
  }

  @Test
  void theBallastGrowsStepByStepUntilItIsWhole() throws IOException {
    DiskWatch watch = watch();
    assertThat(file).doesNotExist();
    watch.step();
    assertThat(Files.size(file)).isEqualTo(DiskWatch.STEP_OCTETS);
    watch.step();
    watch.step();
    assertThat(Files.size(file)).isEqualTo(10 * MIB);
    assertThat(watch.reserved()).isEqualTo(10 * MIB);
  }

  @Test
  void itsOctetsCannotBeKeptInLessRoom() throws IOException {
    whole();
    byte[] octets = Files.readAllBytes(file);
    int[] seen = new int[256];
    for (byte each : octets) {
      seen[each & 0xff]++;
    }
    for (int count : seen) {
      assertThat(count).isBetween(octets.length / 512, octets.length / 128);
    }
  }

  @Test
  void belowTheWatermarkNothingIsAccepted() throws IOException {
    DiskWatch watch = whole();
    room = 26 * MIB;
    watch.step();
    assertThat(watch.low()).isEmpty();
    room = 26 * MIB - 1;
    watch.step();
    assertThat(watch.low().orElseThrow()).contains("has 15 MiB left", "below 16 MiB");
    assertThat(Files.size(file)).isEqualTo(10 * MIB);
  }

  @Test
  void itGoesOnOnlyWithAQuarterMore() throws IOException {
    DiskWatch watch = whole();
    room = 25 * MIB;
    watch.step();
    room = 30 * MIB - 1;
    watch.step();
    assertThat(watch.low()).isPresent();
    room = 30 * MIB;
    watch.step();
    assertThat(watch.low()).isEmpty();
  }

  @Test
  void onAFullDiskTheBallastIsGivenUpAndMadeAgainOnceThereIsRoomForIt() throws IOException {
    DiskWatch watch = whole();
    room = 17 * MIB;
    watch.step();
    assertThat(file).doesNotExist();
    assertThat(watch.low()).isPresent();
    assertThat(watch.free()).isEqualTo(17 * MIB);
    room = 29 * MIB;
    watch.step();
    assertThat(watch.low()).as("room for work, not for the ballast too").isPresent();
    room = 30 * MIB;
    watch.step();
    watch.step();
    assertThat(watch.low()).isEmpty();
    assertThat(Files.size(file)).isEqualTo(10 * MIB);
  }

  @Test
  void aStartOnAFullDiskGivesTheBallastUpBeforeTheStoreIsOpened() throws IOException {
    whole();
    room = 12 * MIB;
    DiskWatch again = watch();
    assertThat(file).doesNotExist();
    assertThat(again.low()).isPresent();
  }

  @Test
  void theBallastNeverMakesTheDiskLow() throws IOException {
    room = 21 * MIB;
    DiskWatch watch = whole();
    assertThat(watch.low()).isEmpty();
    assertThat(file).doesNotExist();
  }

  @Test
  void aSmallerReserveCutsTheFile() throws IOException {
    whole();
    new DiskWatch(new DiskLimits(3 * MIB, 16 * MIB), this::free, file).step();
    assertThat(Files.size(file)).isEqualTo(3 * MIB);
  }

  @Test
  void whatCannotBeToldChangesNothing() throws IOException {
    DiskWatch watch = whole();
    broken = true;
    watch.step();
    assertThat(watch.low()).isEmpty();
    broken = false;
    room = 20 * MIB;
    watch.step();
    broken = true;
    watch.step();
    assertThat(watch.low()).isPresent();
  }
}
