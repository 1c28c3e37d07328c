package org.almoner.agent.run.sandbox;

import java.util.Arrays;
import java.util.Optional;

/** The instruction set of a processor whose system calls are known by number. */
enum InstructionSet {
  X86_64(0xC000003E, 1, "amd64", "x86_64"),
  AARCH64(0xC00000B7, 2, "aarch64", "arm64");

  /**
   * How the kernel names it to a filter: {@code AUDIT_ARCH_X86_64} and {@code AUDIT_ARCH_AARCH64}.
   *
   * @see <a
   *     href="https://github.com/torvalds/linux/blob/v6.12/include/uapi/linux/audit.h">linux/audit.h</a>
   */
  final int audit;

  /** Its column in the table of system calls. */
  final int column;

  /** What Java calls it, and others do. */
  private final String javaName;

  private final String otherName;

  InstructionSet(int audit, int column, String javaName, String otherName) {
    this.audit = audit;
    this.column = column;
    this.javaName = javaName;
    this.otherName = otherName;
  }

  /** The processor that Java names {@code osArch}. */
  static Optional<InstructionSet> named(String osArch) {
    return Arrays.stream(values())
        .filter(one -> osArch.equals(one.javaName) || osArch.equals(one.otherName))
        .findFirst();
  }
}
