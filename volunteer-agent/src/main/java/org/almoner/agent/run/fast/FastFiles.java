package org.almoner.agent.run.fast;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.almoner.agent.run.disk.DiskWatch;
import org.almoner.agent.run.process.ChildFiles;
import org.almoner.agent.run.sandbox.Mount;
import org.almoner.agent.run.snapshot.SnapshotHeader;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.result.BundleLimits;

/**
 * The files of one run and where its process finds them: {@code /unit/task}, {@code /unit/in} and
 * the program, which it may read, and {@code /unit/out}, which is its own.
 */
record FastFiles(Path directory) {
  /** Where the process starts, a path inside. */
  static final String START = "/unit/out";

  /** The program, a path inside. */
  static final String PROGRAM = "/unit/program";

  /** Beside the guest's: folders, bundle, snapshots, result, log and what is unfinished of them. */
  private static final int OWN_FILES_MAX = 20;

  /** Of result and log: 1 MiB. */
  private static final long OWN_OCTETS_MAX = 1L << 20;

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
   * Looks at all that the process may write: the guest's files, their bundle, two snapshots while
   * the second is written, a result. Our host keeps the guest to its part of it by itself; a
   * program that an owner has published may be another.
   *
   * @param putAside whether there are snapshots
   */
  DiskWatch watch(Allotment allotment, boolean putAside) {
    long guest = allotment.diskBytes();
    long bundle = BundleLimits.ofOctets(guest).bundleOctets();
    long snapshot = putAside ? SnapshotHeader.octetsMax(allotment.memoryBytes(), guest) : 0;
    return new DiskWatch(
        List.of(out(), new ChildFiles(directory).log()),
        BundleLimits.FILES_MAX + OWN_FILES_MAX,
        guest + bundle + 2 * snapshot + OWN_OCTETS_MAX);
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
