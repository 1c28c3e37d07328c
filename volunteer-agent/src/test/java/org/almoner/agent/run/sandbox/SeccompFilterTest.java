package org.almoner.agent.run.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The filter, run by an interpreter of the packet filter's instructions. */
class SeccompFilterTest {
  private static final int NUMBERS = 1_000;
  private static final int ENOSYS = SeccompFilter.ERRNO | SeccompFilter.ENOSYS;

  /** What the kernel would be told of one call. */
  private static int answer(InstructionSet processor, int audit, int number, long... arguments) {
    ByteBuffer program =
        ByteBuffer.wrap(SeccompFilter.of(processor).toArray()).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer call = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    call.putInt(number).putInt(audit).putLong(0);
    for (long argument : arguments) {
      call.putLong(argument);
    }
    int accumulator = 0;
    int at = 0;
    while (true) {
      int code = program.getShort(8 * at);
      int ifTrue = program.get(8 * at + 2) & 0xff;
      int ifFalse = program.get(8 * at + 3) & 0xff;
      int value = program.getInt(8 * at + 4);
      at++;
      switch (code) {
        case 0x20 -> accumulator = call.getInt(value);
        case 0x54 -> accumulator &= value;
        case 0x15 -> at += accumulator == value ? ifTrue : ifFalse;
        case 0x35 -> at += Integer.compareUnsigned(accumulator, value) >= 0 ? ifTrue : ifFalse;
        case 0x45 -> at += (accumulator & value) != 0 ? ifTrue : ifFalse;
        case 0x06 -> {
          return value;
        }
        default -> throw new IllegalStateException("no such instruction: " + code);
      }
    }
  }

  private static int decide(InstructionSet processor, int number, long... arguments) {
    return answer(processor, processor.audit, number, arguments);
  }

  @ParameterizedTest
  @EnumSource(InstructionSet.class)
  void everyNumberIsAnsweredAsTheTableSays(InstructionSet processor) {
    SystemCalls calls = SystemCalls.of(processor);
    List<Integer> byArgument =
        Stream.of("clone", "mmap", "ioctl", "prctl", "personality", "fallocate", "fcntl")
            .map(calls::byArgument)
            .toList();
    for (int number = 0; number < NUMBERS; number++) {
      if (!byArgument.contains(number)) {
        assertThat(decide(processor, number))
            .as("call " + number)
            .isEqualTo(calls.allowed().contains(number) ? SeccompFilter.ALLOW : ENOSYS);
      }
    }
    assertThat(decide(processor, Integer.MAX_VALUE & ~0x40000000)).isEqualTo(ENOSYS);
  }

  @ParameterizedTest
  @EnumSource(InstructionSet.class)
  void anotherKindOfProcessorEndsTheProcess(InstructionSet processor) {
    int i386 = 0x40000003;
    int arm = 0x40000028;
    for (int audit : new int[] {i386, arm, 0, -1}) {
      assertThat(answer(processor, audit, 0)).isEqualTo(SeccompFilter.KILL_PROCESS);
    }
    InstructionSet other =
        processor == InstructionSet.X86_64 ? InstructionSet.AARCH64 : InstructionSet.X86_64;
    assertThat(answer(processor, other.audit, 0)).isEqualTo(SeccompFilter.KILL_PROCESS);
  }

  @Test
  void theThirdNumberingOfX86EndsTheProcess() {
    assertThat(decide(InstructionSet.X86_64, 0x40000000)).isEqualTo(SeccompFilter.KILL_PROCESS);
    assertThat(decide(InstructionSet.X86_64, -1)).isEqualTo(SeccompFilter.KILL_PROCESS);
  }

  @ParameterizedTest
  @EnumSource(InstructionSet.class)
  void aThreadMayBeMadeAndNoNamespace(InstructionSet processor) {
    int clone = SystemCalls.of(processor).byArgument("clone");
    long thread = 0x003d0f00;
    assertThat(decide(processor, clone, thread)).isEqualTo(SeccompFilter.ALLOW);
    for (long flag : new long[] {1 << 17, 1 << 25, 1 << 26, 1 << 27, 1 << 28, 1 << 29, 1 << 30}) {
      assertThat(decide(processor, clone, thread | flag))
          .isEqualTo(SeccompFilter.ERRNO | SeccompFilter.EPERM);
    }
  }

  @ParameterizedTest
  @EnumSource(InstructionSet.class)
  void memoryIsPrivateOrOfAFile(InstructionSet processor) {
    int mmap = SystemCalls.of(processor).byArgument("mmap");
    Map<Long, Boolean> allowed =
        Map.of(
            0x01L, true, // shared, of a file
            0x02L, true, // private, of a file
            0x22L, true, // private, of no file
            0x4022L, true, // the same, without reserving
            0x21L, false, // shared, of no file
            0x23L, false, // the same, by its newer name
            0x40022L, false); // huge pages
    allowed.forEach(
        (flags, allow) ->
            assertThat(decide(processor, mmap, 0, 4096, 3, flags))
                .as(Long.toHexString(flags))
                .isEqualTo(
                    allow ? SeccompFilter.ALLOW : SeccompFilter.ERRNO | SeccompFilter.ENOMEM));
  }

  @ParameterizedTest
  @EnumSource(InstructionSet.class)
  void aTerminalIsAskedAndNeverTypedInto(InstructionSet processor) {
    int ioctl = SystemCalls.of(processor).byArgument("ioctl");
    assertThat(decide(processor, ioctl, 0, 0x5401)).isEqualTo(SeccompFilter.ALLOW);
    assertThat(decide(processor, ioctl, 0, 0x5451)).isEqualTo(SeccompFilter.ALLOW);
    for (long request : new long[] {0x5412, 0x541c, 0x5412L | 1L << 32, 0}) {
      assertThat(decide(processor, ioctl, 0, request))
          .isEqualTo(SeccompFilter.ERRNO | SeccompFilter.ENOTTY);
    }
  }

  @ParameterizedTest
  @EnumSource(InstructionSet.class)
  void anOpenFileIsDoubledAndLockedAndItsPipeIsNeverMadeLarger(InstructionSet processor) {
    int fcntl = SystemCalls.of(processor).byArgument("fcntl");
    for (long command : new long[] {0, 1, 2, 3, 4, 5, 6, 7, 36, 37, 38, 1030, 1032}) {
      assertThat(decide(processor, fcntl, 3, command)).isEqualTo(SeccompFilter.ALLOW);
    }
    // F_SETOWN, F_GETOWN, F_SETSIG, F_SETOWN_EX, F_SETLEASE, F_NOTIFY, F_SETPIPE_SZ, F_ADD_SEALS
    for (long command : new long[] {8, 9, 10, 15, 1024, 1026, 1031, 1031L | 1L << 32, 1033, -1}) {
      assertThat(decide(processor, fcntl, 3, command))
          .isEqualTo(SeccompFilter.ERRNO | SeccompFilter.EINVAL);
    }
  }

  /** The kernel refuses longer ones. */
  @ParameterizedTest
  @EnumSource(InstructionSet.class)
  void theFilterIsShort(InstructionSet processor) {
    assertThat(SeccompFilter.of(processor).size() / SeccompFilter.INSTRUCTION_OCTETS)
        .isBetween(50, 4_096);
  }

  /** The table's numbers against the headers of this computer, where it has them. */
  @Test
  void theNumbersAreThoseOfTheHeaders() throws Exception {
    Map<InstructionSet, Path> headers =
        Map.of(
            InstructionSet.X86_64, Path.of("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
            InstructionSet.AARCH64, Path.of("/usr/include/asm-generic/unistd.h"));
    for (Map.Entry<InstructionSet, Path> header : headers.entrySet()) {
      assumeTrue(Files.isReadable(header.getValue()), "tool missing: linux-libc-dev");
      Map<String, String> numbers = new HashMap<>();
      Matcher define =
          Pattern.compile("#define __NR(?:3264)?_(\\w+)\\s+(\\d+)")
              .matcher(Files.readString(header.getValue()));
      while (define.find()) {
        numbers.put(define.group(1), define.group(2));
      }
      numbers.putIfAbsent("newfstatat", numbers.getOrDefault("fstatat", "-"));
      numbers.putIfAbsent("fchmodat2", "452"); // Linux 6.6; older headers lack it
      try (var lines =
          Files.lines(Path.of(SystemCalls.class.getResource("system-calls.txt").toURI()))) {
        lines
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(line -> line.split(" ", -1))
            .forEach(
                row ->
                    assertThat(row[header.getKey().column])
                        .as(row[0] + " on " + header.getKey())
                        .isEqualTo(numbers.getOrDefault(row[0], "-")));
      }
    }
  }
}
