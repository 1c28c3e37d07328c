package org.almoner.workload.check;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * The first octets of a program for Linux, as far as they say where it can be started.
 *
 * @see <a href="https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html">ELF header</a>
 */
final class ProgramHead {
  /** How much of the file is looked at. */
  static final int OCTETS = 4_096;

  private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};
  private static final int CLASS = 4;
  private static final int CLASS_64 = 2;
  private static final int TYPE = 16;
  private static final int TYPE_EXECUTABLE = 2;
  private static final int TYPE_SHARED = 3;
  private static final int MACHINE = 18;
  private static final int MACHINE_X86_64 = 62;
  private static final int MACHINE_AARCH64 = 183;
  private static final int SEGMENTS = 32;
  private static final int SEGMENT_OCTETS = 54;
  private static final int SEGMENT_COUNT = 56;
  private static final int HEADER_OCTETS = 64;

  /** A segment that names the linker the program is started by. */
  private static final int SEGMENT_INTERPRETER = 3;

  private final ByteBuffer octets;

  private ProgramHead(byte[] octets) {
    this.octets = ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Looks at a file's first octets, {@link #OCTETS} of them or all there are. */
  static ProgramHead of(byte[] octets) {
    return new ProgramHead(octets);
  }

  /** What stands in the way of starting it on {@code platform}, to follow the file's name. */
  Optional<String> unfitFor(String platform) {
    if (isScript()) {
      return Optional.empty();
    }
    int machine = platform.endsWith("-x86_64") ? MACHINE_X86_64 : MACHINE_AARCH64;
    if (!isElf()) {
      return Optional.of(" is no program: name one compiled for " + platform + ", an ELF file");
    }
    int found = octets.getShort(MACHINE) & 0xffff;
    if (octets.get(CLASS) != CLASS_64 || found != machine) {
      return Optional.of(" is not a program for " + platform + ": build it for that processor");
    }
    int type = octets.getShort(TYPE);
    return type == TYPE_EXECUTABLE || type == TYPE_SHARED
        ? Optional.empty()
        : Optional.of(" is an object file or a dump: link it");
  }

  /** What is allowed and yet makes results differ, to follow the file's name. */
  Optional<String> advice() {
    if (isScript()) {
      return Optional.of(
          " is a script: it runs by whatever version of its interpreter each computer has, or by"
              + " none");
    }
    return isLinkedAtStart()
        ? Optional.of(
            " uses libraries of the computer it runs on: another version of them may give another"
                + " result; link it statically")
        : Optional.empty();
  }

  private boolean isScript() {
    return octets.limit() > 2 && octets.get(0) == '#' && octets.get(1) == '!';
  }

  private boolean isElf() {
    return octets.limit() >= HEADER_OCTETS
        && Arrays.equals(octets.array(), 0, ELF.length, ELF, 0, ELF.length);
  }

  private boolean isLinkedAtStart() {
    long at = octets.getLong(SEGMENTS);
    int size = octets.getShort(SEGMENT_OCTETS) & 0xffff;
    int count = octets.getShort(SEGMENT_COUNT) & 0xffff;
    for (long i = 0; i < count; i++) {
      long segment = at + i * size;
      if (segment >= 0
          && segment + Integer.BYTES <= octets.limit()
          && octets.getInt((int) segment) == SEGMENT_INTERPRETER) {
        return true;
      }
    }
    return false;
  }
}
