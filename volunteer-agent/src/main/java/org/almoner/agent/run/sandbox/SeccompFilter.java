package org.almoner.agent.run.sandbox;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import org.almoner.protocol.bytes.Bytes;

/**
 * The kernel's side of the wall: a program of the classic Berkeley packet filter that the kernel
 * runs before each system call of whatever is inside.
 *
 * <p>Calls in {@link SystemCalls} are allowed. Seven are looked at by an argument. Every other one,
 * those of kernels to come too, answers as if the kernel did not have it. Calls of another
 * processor's kind (32 bits, x32) end the process.
 *
 * @see <a
 *     href="https://www.kernel.org/doc/html/latest/userspace-api/seccomp_filter.html">seccomp_filter</a>
 */
final class SeccompFilter {
  /** Octets of one instruction: code, two short jumps, one 32-bit number. */
  static final int INSTRUCTION_OCTETS = 8;

  /** What the kernel does with a call: lets it through, ends the process, or answers an error. */
  static final int ALLOW = 0x7fff0000;

  static final int KILL_PROCESS = 0x80000000;
  static final int ERRNO = 0x00050000;

  /** Errors, alike on both processors. */
  static final int EPERM = 1;

  static final int ENOMEM = 12;
  static final int EINVAL = 22;
  static final int ENOTTY = 25;

  static final int EOPNOTSUPP = 95;
  static final int ENOSYS = 38;

  /** Where the kernel puts what the filter may look at. */
  private static final int AT_NUMBER = 0;

  private static final int AT_PROCESSOR = 4;
  private static final int AT_ARGUMENTS = 16;
  private static final int ARGUMENT_OCTETS = 8;

  /** Instructions: load a word; jump if equal, if at least, if any bit is set; return. */
  private static final int LOAD = 0x20;

  private static final int IF_EQUAL = 0x15;
  private static final int IF_AT_LEAST = 0x35;
  private static final int IF_ANY_BIT = 0x45;
  private static final int AND = 0x54;
  private static final int RETURN = 0x06;

  /** Numbers from here on are calls of the x32 kind, which shares x86_64's name. */
  private static final int X32 = 0x40000000;

  /**
   * Flags of {@code clone} that make a namespace: mount, cgroup, host name, IPC, user, PID,
   * network.
   */
  private static final int NEW_NAMESPACES =
      0x00020000 | 0x02000000 | 0x04000000 | 0x08000000 | 0x10000000 | 0x20000000 | 0x40000000;

  /** Memory that nobody is charged for: shared without a file, or in huge pages. */
  private static final int MAP_SHARED = 0x01;

  private static final int MAP_ANONYMOUS = 0x20;
  private static final int MAP_HUGETLB = 0x40000;

  /**
   * What may be asked of an open file: the terminal's form and size, octets to read, closing on
   * exec, and not to block. TIOCSTI and TIOCLINUX, which type into a terminal, are not among them.
   */
  private static final List<Integer> IOCTL =
      List.of(0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451);

  /**
   * Options of {@code prctl}: the signal at a parent's death, dumpable, keeping, reading and
   * narrowing capabilities, timer slack, no new privileges, huge pages off, names of memory.
   */
  private static final List<Integer> PRCTL =
      List.of(1, 2, 3, 4, 8, 15, 16, 21, 23, 24, 29, 30, 38, 39, 41, 42, 47, 0x53564d41);

  /**
   * What {@code fcntl} may do: other numbers for an open file, its flags, locks of parts of files,
   * and how large a pipe is. Not among them: larger pipes and leases, which take memory of the
   * kernel's that no process is charged for, and signals that something happened to a folder or a
   * file.
   */
  private static final List<Integer> FCNTL =
      List.of(0, 1, 2, 3, 4, 5, 6, 7, 36, 37, 38, 1030, 1032);

  /** Linux as it is, and the question which it is. */
  private static final List<Integer> PERSONALITY = List.of(0, -1);

  /** One instruction; jumps count the instructions that are left out. */
  private record Instruction(int code, int ifTrue, int ifFalse, int value) {}

  private final InstructionSet processor;
  private final SystemCalls calls;
  private final List<Instruction> instructions = new ArrayList<>();

  private SeccompFilter(InstructionSet processor) {
    this.processor = processor;
    this.calls = SystemCalls.of(processor);
  }

  /** The filter's octets, as bubblewrap and the kernel read them. */
  static Bytes of(InstructionSet processor) {
    SeccompFilter filter = new SeccompFilter(processor);
    filter.assemble();
    return filter.encode();
  }

  private void assemble() {
    load(AT_PROCESSOR);
    jump(IF_EQUAL, processor.audit, 1, 0);
    answer(KILL_PROCESS);
    load(AT_NUMBER);
    if (processor == InstructionSet.X86_64) {
      jump(IF_AT_LEAST, X32, 0, 1);
      answer(KILL_PROCESS);
    }
    refuseBits("clone", 0, NEW_NAMESPACES, EPERM);
    mmap();
    allowOnly("ioctl", 1, IOCTL, ENOTTY);
    allowOnly("prctl", 0, PRCTL, EPERM);
    allowOnly("personality", 0, PERSONALITY, EPERM);
    allowOnly("fcntl", 1, FCNTL, EINVAL);
    // What lies behind a file's end shows in no size, and no limit of sizes ends it.
    allowOnly("fallocate", 1, List.of(0), EOPNOTSUPP);
    ranges(calls.allowed());
  }

  /** A call that answers {@code error} when its argument has any of {@code bits}. */
  private void refuseBits(String call, int argument, int bits, int error) {
    jump(IF_EQUAL, calls.byArgument(call), 0, 4);
    load(argument(argument));
    jump(IF_ANY_BIT, bits, 0, 1);
    answer(ERRNO | error);
    answer(ALLOW);
  }

  /** Memory is private, or a file's. */
  private void mmap() {
    int both = MAP_SHARED | MAP_ANONYMOUS;
    jump(IF_EQUAL, calls.byArgument("mmap"), 0, 6);
    load(argument(3));
    jump(IF_ANY_BIT, MAP_HUGETLB, 3, 0);
    instruction(AND, 0, 0, both);
    jump(IF_EQUAL, both, 1, 0);
    answer(ALLOW);
    answer(ERRNO | ENOMEM);
  }

  /** A call that answers {@code error} unless its argument is one of {@code values}. */
  private void allowOnly(String call, int argument, List<Integer> values, int error) {
    jump(IF_EQUAL, calls.byArgument(call), 0, values.size() + 3);
    load(argument(argument));
    for (int i = 0; i < values.size(); i++) {
      jump(IF_EQUAL, values.get(i), values.size() - i, 0);
    }
    answer(ERRNO | error);
    answer(ALLOW);
  }

  /**
   * Numbers in ascending order, each run of allowed ones and each gap between two with its answer.
   */
  private void ranges(NavigableSet<Integer> allowed) {
    int next = 0;
    while (next <= allowed.last()) {
      boolean allow = allowed.contains(next);
      int answer = allow ? ALLOW : ERRNO | ENOSYS;
      while (next <= allowed.last() && allowed.contains(next) == allow) {
        next++;
      }
      jump(IF_AT_LEAST, next, 1, 0);
      answer(answer);
    }
    answer(ERRNO | ENOSYS);
  }

  /**
   * Arguments are 64 bits wide; the calls looked at use the lower half of theirs, as filters do.
   */
  private static int argument(int index) {
    return AT_ARGUMENTS + ARGUMENT_OCTETS * index;
  }

  private void load(int offset) {
    instruction(LOAD, 0, 0, offset);
  }

  private void jump(int test, int value, int ifTrue, int ifFalse) {
    instruction(test, ifTrue, ifFalse, value);
  }

  private void answer(int action) {
    instruction(RETURN, 0, 0, action);
  }

  private void instruction(int code, int ifTrue, int ifFalse, int value) {
    instructions.add(new Instruction(code, ifTrue, ifFalse, value));
  }

  private Bytes encode() {
    // Both processors are little-endian.
    ByteBuffer octets =
        ByteBuffer.allocate(instructions.size() * INSTRUCTION_OCTETS)
            .order(ByteOrder.LITTLE_ENDIAN);
    for (Instruction one : instructions) {
      octets
          .putShort((short) one.code)
          .put((byte) one.ifTrue)
          .put((byte) one.ifFalse)
          .putInt(one.value);
    }
    return Bytes.of(octets.array());
  }
}
