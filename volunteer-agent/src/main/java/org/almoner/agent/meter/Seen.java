package org.almoner.agent.meter;

/**
 * One process at one moment.
 *
 * @param pid its number
 * @param born its time of start in a unit of the system's own: a number is given out again, number
 *     and start together are not
 * @param parent number of the process that will be told of its end
 * @param ended whether it has ended and only its account is left, until somebody takes it
 * @param cpuMs user and system time of its own
 * @param waitedCpuMs the same of its children that ended and whose account it took, and of theirs
 * @param residentBytes memory it holds now
 * @param peakBytes most memory it ever held, at least {@code residentBytes}
 * @param tableBytes the kernel's own tables of where its memory is, which no other number holds
 * @param io what it moved to and from disks
 */
record Seen(
    long pid,
    long born,
    long parent,
    boolean ended,
    long cpuMs,
    long waitedCpuMs,
    long residentBytes,
    long peakBytes,
    long tableBytes,
    Io io) {
  /**
   * Octets moved between memory and disks, those of children whose account was taken among them.
   *
   * @param known whether the system told; otherwise both numbers are 0
   */
  record Io(boolean known, long readBytes, long writtenBytes) {
    static final Io UNKNOWN = new Io(false, 0, 0);
  }

  /** Names a process for as long as the system runs. */
  record Id(long pid, long born) {}

  Id id() {
    return new Id(pid, born);
  }
}
