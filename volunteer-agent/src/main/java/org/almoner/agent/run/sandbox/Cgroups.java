package org.almoner.agent.run.sandbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The branch of the tree of control groups that was handed to the agent, where one was: by systemd
 * with {@code Delegate=yes}, or by whoever made its directory the agent's own.
 *
 * <p>A group with groups below it may hold no processes of its own, so the agent moves itself one
 * down, into {@value #OWN}, before it makes the first for a unit.
 */
final class Cgroups {
  /** Where version 2 of control groups is mounted, if nothing else is. */
  static final Path MOUNT = Path.of("/sys/fs/cgroup");

  /** No branch: there are no groups to be made. */
  static final Cgroups NONE = new Cgroups(Path.of(""), 0);

  private static final String OWN = "almoner-agent";
  private static final String UNIT = "almoner-unit-";
  private static final String CONTROLLERS = "+cpu +memory +pids";

  /** What systemd sets on a group that it hands to somebody. */
  private static final String DELEGATED = "delegate";

  /** Microseconds in which a group's processor time is given out. */
  private static final long CPU_PERIOD = 100_000;

  private final Path branch;
  private final long pid;
  private final AtomicLong made = new AtomicLong();
  private final Queue<Path> left = new ConcurrentLinkedQueue<>();

  private Cgroups(Path branch, long pid) {
    this.branch = branch;
    this.pid = pid;
  }

  /**
   * Looks for the branch and prepares it; {@link #NONE} where there is none or it cannot be.
   *
   * @param root whether this process is root, which could write anywhere: it takes no group that
   *     was not handed to it
   * @param pid of this process
   */
  static Cgroups find(Path proc, Path mount, boolean root, long pid) {
    try {
      Optional<Path> group = own(proc, mount).filter(path -> isOurs(path, root));
      if (group.isEmpty()) {
        return NONE;
      }
      prepare(group.get(), pid);
      return new Cgroups(group.get(), pid);
    } catch (IOException e) {
      return NONE; // something else runs in it, or a controller is not handed down
    }
  }

  private static Optional<Path> own(Path proc, Path mount) throws IOException {
    Path groups = proc.resolve("self/cgroup");
    if (!Files.isReadable(groups) || !Files.exists(mount.resolve("cgroup.controllers"))) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(groups);
    return lines.size() == 1 && lines.get(0).startsWith("0::/")
        ? Optional.of(mount.resolve(lines.get(0).substring("0::/".length())))
        : Optional.empty();
  }

  private static boolean isOurs(Path group, boolean root) {
    return Files.isWritable(group)
        && Files.isWritable(group.resolve("cgroup.procs"))
        && Files.isWritable(group.resolve("cgroup.subtree_control"))
        && (!root || isDelegated(group));
  }

  private static boolean isDelegated(Path group) {
    try {
      UserDefinedFileAttributeView attributes =
          Files.getFileAttributeView(group, UserDefinedFileAttributeView.class);
      ByteBuffer value = ByteBuffer.allocate(8);
      int size = attributes == null ? 0 : attributes.read(DELEGATED, value);
      return new String(value.array(), 0, size, StandardCharsets.UTF_8).equals("1");
    } catch (IOException e) {
      return false;
    }
  }

  private static void prepare(Path group, long pid) throws IOException {
    Path own = group.resolve(OWN);
    if (!Files.isDirectory(own)) {
      Files.createDirectory(own);
    }
    Files.writeString(own.resolve("cgroup.procs"), Long.toString(pid));
    try {
      Files.writeString(group.resolve("cgroup.subtree_control"), CONTROLLERS);
    } catch (IOException e) {
      Files.writeString(group.resolve("cgroup.procs"), Long.toString(pid));
      Files.delete(own);
      throw e;
    }
  }

  /**
   * Makes a group for one unit.
   *
   * @param cores processors that all its processes together may use
   */
  Cgroup make(Limits limits, int cores) throws IOException {
    if (this == NONE) {
      return Cgroup.NONE;
    }
    sweep();
    Path group = Files.createDirectory(branch.resolve(UNIT + pid + "-" + made.incrementAndGet()));
    Files.writeString(group.resolve("memory.max"), Long.toString(limits.memoryBytes()));
    Path swap = group.resolve("memory.swap.max");
    if (Files.exists(swap)) {
      Files.writeString(swap, "0");
    }
    Files.writeString(group.resolve("memory.oom.group"), "1");
    Files.writeString(group.resolve("pids.max"), Integer.toString(limits.processesInAll()));
    Files.writeString(group.resolve("cpu.max"), cores * CPU_PERIOD + " " + CPU_PERIOD);
    return new Cgroup(group, left);
  }

  /** What could not be removed at its end, since the kernel was not done with it. */
  private void sweep() {
    for (int i = left.size(); i > 0; i--) {
      Path group = left.poll();
      if (group != null) {
        new Cgroup(group, left).remove();
      }
    }
  }
}
