package org.almoner.agent.run.sandbox;

import java.util.List;

/**
 * What the kernel itself holds each process inside to.
 *
 * @param memoryBytes of its own memory: what it has reserved to write to, without its stacks; not
 *     what is only reserved without access
 * @param fileBytes size of the largest file it may make
 * @param processes processes and threads of all together, held where there is a control group
 * @param userProcesses processes and threads that the user may have, at least {@code processes};
 *     for root's agent, and on old kernels, all that one user has on the computer count
 * @param openFiles files open at one time
 * @see <a href="https://man7.org/linux/man-pages/man2/getrlimit.2.html">getrlimit(2)</a>
 */
public record Limits(
    long memoryBytes, long fileBytes, int processes, int userProcesses, int openFiles) {
  /** Stack of a main thread: 8 MiB; a program may ask for eight times that. */
  private static final long STACK_BYTES = 8L << 20;

  private static final long STACK_BYTES_MAX = 64L << 20;

  /**
   * Addresses a process may have mapped: 16 GiB, and eight times its memory. Reserving them takes
   * nothing and engines do it, ours 8 GiB; but for each 2 MiB in which it has looked at an octet
   * the kernel keeps a page of 4 KiB, which counts as nobody's memory: of these it has at most 32
   * MiB and a 64th of its memory.
   */
  private static final long ADDRESS_BYTES = 16L << 30;

  private static final long ADDRESSES_PER_OCTET = 8;

  /** Bubblewrap's own process inside, which collects those that ended. */
  private static final int OWN_PROCESSES = 1;

  public Limits {
    if (memoryBytes < 1
        || fileBytes < 0
        || processes < 1
        || userProcesses < processes
        || openFiles < 3) {
      throw new IllegalArgumentException(
          "limits must leave a process something to run with: "
              + memoryBytes
              + " octets of memory, files of "
              + fileBytes
              + ", "
              + processes
              + " processes, of one user "
              + userProcesses
              + ", "
              + openFiles
              + " open files");
    }
  }

  /** For a unit whose user has no other processes than its own. */
  public Limits(long memoryBytes, long fileBytes, int processes, int openFiles) {
    this(memoryBytes, fileBytes, processes, processes, openFiles);
  }

  /** Those of bubblewrap counted, the one outside too. */
  int processesInAll() {
    return processes + OWN_PROCESSES + 1;
  }

  /** Options of {@code prlimit}, soft and hard limits alike. */
  List<String> options() {
    return List.of(
        "--data=" + memoryBytes,
        "--as=" + (ADDRESS_BYTES + ADDRESSES_PER_OCTET * memoryBytes),
        "--fsize=" + fileBytes,
        "--nproc=" + (userProcesses + OWN_PROCESSES),
        "--nofile=" + openFiles,
        "--stack=" + STACK_BYTES + ":" + STACK_BYTES_MAX,
        "--core=0",
        "--memlock=0",
        "--msgqueue=0",
        "--rtprio=0");
  }
}
