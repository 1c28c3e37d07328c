package org.almoner.trials.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.almoner.ledger.read.TileDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** L18: a disk that is really full, has no more inodes, or lets nobody write. */
class FullDiskTest {
  private static final int MANY = 10_000;
  private static final int MORE = 5;
  private static final int RIDER_OCTETS = 400 << 10;

  private static final String FULL = "No space left on device";

  /** How a disk of its own comes to take no more, and is mended. */
  private enum End {
    SPACE("size=1m", "size=16m"),
    INODES("nr_inodes=40", "nr_inodes=10000");

    private final String small;
    private final String mended;

    End(String small, String mended) {
      this.small = small;
      this.mended = mended;
    }
  }

  @TempDir Path temp;

  @ParameterizedTest
  @EnumSource(End.class)
  void l18ADiskThatTakesNoMoreStopsTheSigningNotTheReading(End end) throws Exception {
    try (SmallDisk disk = SmallDisk.mount(temp.resolve("disk"), end.small)) {
      Chronicle chronicle = new Chronicle();
      try (Shelf shelf = Shelf.Kind.FILES.open(disk.folder())) {
        assertThat(LogLife.live(shelf, 1, MANY, chronicle::line)).isEqualTo(LogLife.STOPPED);
        assertThat(said(chronicle, "stopped ")).contains(FULL);
        assertThat(said(chronicle, "still stopped ")).contains(FULL);
        chronicle.holds(shelf);
      }
      assertThat(chronicle.batches()).isGreaterThan(2);
      disk.remount(end.mended);
      chronicle.goesOn(Shelf.Kind.FILES, disk.folder(), 2, chronicle.batches() + MORE);
    }
  }

  @Test
  void l18AReadOnlyDiskIsReadAndNotOpenedForWriting() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(temp.resolve("disk"), "size=16m")) {
      Chronicle chronicle = new Chronicle();
      try (Shelf shelf = Shelf.Kind.FILES.open(disk.folder())) {
        assertThat(LogLife.live(shelf, 1, MORE, chronicle::line)).isZero();
      }
      disk.remount("ro");
      assertThatThrownBy(() -> Shelf.Kind.FILES.open(disk.folder()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("Read-only file system");
      Path served = disk.folder().resolve("public");
      chronicle.holds(new TileDirectory(served), Files.readString(served.resolve("checkpoint")));
      disk.remount("rw");
      chronicle.goesOn(Shelf.Kind.FILES, disk.folder(), 2, 2 * MORE);
    }
  }

  @Test
  void l18AFullDiskEndsTheProcessUnderIgniteAndLosesNothing() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(temp.resolve("disk"), "size=72m")) {
      Chronicle chronicle = new Chronicle();
      Strace.Life full = life(disk, 1);
      full.said().forEach(chronicle::line);
      assertThat(full.code()).isIn(IgniteFaultsTest.HALTED, LogLife.STOPPED);
      assertThat(chronicle.batches()).isGreaterThan(2);
      disk.remount("size=200m");
      chronicle.goesOn(Shelf.Kind.IGNITE, disk.folder(), 2, chronicle.batches() + MORE);
    }
  }

  private Strace.Life life(SmallDisk disk, int life) throws Exception {
    return Strace.run(
        temp,
        List.of(),
        Shelf.Kind.IGNITE.name(),
        disk.folder().toString(),
        "" + life,
        "" + MANY,
        "" + RIDER_OCTETS);
  }

  private static String said(Chronicle chronicle, String beginning) {
    return chronicle.lines().stream()
        .filter(line -> line.startsWith(beginning))
        .findFirst()
        .orElseThrow();
  }
}
