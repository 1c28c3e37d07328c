package org.almoner.agent.run.fast;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.almoner.agent.run.sandbox.Mount;

/**
 * The files of one run and where its process finds them: {@code /unit/task}, {@code /unit/in} and
 * the program, which it may read, and {@code /unit/out}, which is its own.
 */
record FastFiles(Path directory) {
  /** Where the process starts, a path inside. */
  static final String START = "/unit/out";

  /** The program, a path inside. */
  static final String PROGRAM = "/unit/program";

  Path program() {
    return directory.resolve("program");
  }

  Path task() {
    return directory.resolve("task");
  }

  Path inputs() {
    return directory.resolve("in");
  }

  Path input(int index) {
    return inputs().resolve(Integer.toString(index));
  }

  Path out() {
    return directory.resolve("out");
  }

  Path scratch() {
    return out().resolve("scratch");
  }

  Path bundle() {
    return out().resolve("output.bundle");
  }

  Path result() {
    return out().resolve("result");
  }

  /** The snapshot from which the guest goes on, if there is one. */
  Path resume() {
    return directory.resolve("resume");
  }

  /** What bubblewrap says of the process. */
  Path status() {
    return directory.resolve("status");
  }

  List<Mount> mounts() {
    List<Mount> mounts =
        new ArrayList<>(
            List.of(
                Mount.readOnly(program(), PROGRAM),
                Mount.readOnly(task(), "/unit/task"),
                Mount.readOnly(inputs(), "/unit/in"),
                Mount.writable(out(), START)));
    if (Files.exists(resume())) {
      mounts.add(Mount.readOnly(resume(), "/unit/resume"));
    }
    return mounts;
  }

  /**
   * Opens a file that the process left, which may have been anything by that name: a link would be
   * followed, a pipe waited for.
   */
  static InputStream left(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(file.getFileName() + " is no regular file");
    }
    return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
  }
}
