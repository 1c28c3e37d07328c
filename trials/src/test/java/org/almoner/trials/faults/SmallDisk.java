package org.almoner.trials.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A disk of its own, in memory, that can be full, larger again, or read-only. */
final class SmallDisk implements AutoCloseable {
  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /**
   * Mounts one where {@code folder} will be; skips the test where that is not allowed.
   *
   * @param options of tmpfs, such as {@code size=1m}
   */
  static SmallDisk mount(Path folder, String options) throws IOException, InterruptedException {
    Files.createDirectory(folder);
    boolean mounted =
        Files.isExecutable(Path.of("/usr/bin/mount"))
            && run("mount", "-t", "tmpfs", "-o", options, "almoner-test", folder.toString());
    assumeTrue(mounted, "tool missing: mount");
    return new SmallDisk(folder);
  }

  Path folder() {
    return folder;
  }

  void remount(String options) throws IOException, InterruptedException {
    if (!run("mount", "-o", "remount," + options, folder.toString())) {
      throw new IOException("cannot remount with " + options);
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    if (!run("umount", folder.toString())) {
      throw new IOException("cannot unmount " + folder);
    }
  }

  private static boolean run(String... line) throws IOException, InterruptedException {
    return new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }
}
