package org.almoner.trials.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.almoner.command.Main;
import org.almoner.trials.faults.DiskTrace.Change;
import org.almoner.trials.faults.ModelDisk.Cut;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The power goes after each call of a command that keeps something of somebody else's log. A file
 * that is there is whole: what is there is never asked for again.
 */
class CopiesUnderPowerCutsTest {
  private static final int BATCHES = 6;

  @TempDir(factory = InMemory.class)
  Path temp;

  private Path log;
  private final SplittableRandom coins = new SplittableRandom(2);

  @BeforeEach
  void aLog() throws Exception {
    Strace.need();
    Path folder = Files.createDirectory(temp.resolve("log"));
    try (Shelf shelf = Shelf.Kind.FILES.open(folder)) {
      Chronicle chronicle = new Chronicle();
      assertThat(LogLife.live(shelf, 1, BATCHES, chronicle::line)).isZero();
    }
    log = folder.resolve("public");
  }

  @Test
  void l02AMirrorHoldsWholeTilesOrNone() throws Exception {
    Path mirror = Files.createDirectory(temp.resolve("mirror"));
    int found = 0;
    ModelDisk disk = new ModelDisk(mirror, mirror);
    for (Change change : traced(mirror, "mirror", "--to", mirror.toString())) {
      disk.apply(change);
      for (Cut cut : Cut.values()) {
        for (Path file : left(disk, cut)) {
          Path original = log.resolve(temp.resolve("left").relativize(file).toString());
          assertThat(file).as("%s after %s", cut, change.brief()).hasSameBinaryContentAs(original);
          found++;
        }
      }
    }
    assertThat(found).isGreaterThan(100);
  }

  @Test
  void l02TheCheckpointSeenLastIsWholeOrNotThere() throws Exception {
    Path state = Files.createDirectory(temp.resolve("state"));
    int found = 0;
    ModelDisk disk = new ModelDisk(state, state);
    for (Change change : traced(state, "check", "--state", state.toString())) {
      disk.apply(change);
      for (Cut cut : Cut.values()) {
        for (Path file : left(disk, cut)) {
          assertThat(file)
              .as("%s after %s", cut, change.brief())
              .hasSameBinaryContentAs(log.resolve("checkpoint"));
          found++;
        }
      }
    }
    assertThat(found).isPositive();
  }

  /** What {@code almoner log} did below a folder. */
  private Iterable<Change> traced(Path folder, String verb, String option, String value)
      throws Exception {
    Path trace = temp.resolve("trace");
    Strace.Life life =
        Strace.run(
            temp,
            Strace.recording(trace),
            Main.class,
            "log",
            verb,
            "--log",
            log.toString(),
            "--key",
            LogLife.verifier().format(),
            option,
            value);
    assertThat(life.code()).as(() -> Strace.errors(temp)).isZero();
    return DiskTrace.read(trace, folder).changes();
  }

  /** The files under their own names that a power cut leaves. */
  private Iterable<Path> left(ModelDisk disk, Cut cut) throws IOException {
    Path left = temp.resolve("left");
    Folders.delete(left);
    disk.leave(left, cut, coins);
    return Folders.walk(left).stream()
        .filter(Files::isRegularFile)
        .filter(file -> !file.getFileName().toString().endsWith(".tmp"))
        .toList();
  }
}
