package org.almoner.agent.run.wasm;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import run.endive.runtime.Memory;

/**
 * Addresses of this process for every address a guest can form, of which only those of its memory
 * have pages behind them: a file without a name, mapped far beyond its end.
 *
 * <p>An access beyond the end raises SIGBUS, out of which the Java machine makes an {@link
 * InternalError}; so no access has to be checked. The memory grows and shrinks with the file. An
 * area stays as long as the process, and one guest uses it at a time.
 *
 * <p>Needs Linux and Java {@value CLibrary#JAVA_MIN}.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/mmap.2.html">mmap(2), SIGBUS</a>
 */
final class GuardedArea {
  /**
   * An address below 2^32, plus a static offset below 2^31, plus the width of an access, on whole
   * pages.
   */
  private static final long ADDRESSES = (1L << 32) + (1L << 31) + Memory.PAGE_SIZE;

  /**
   * Where the area begins if it can. An address with its static offset is then below 2^31, which is
   * a part of the processor's load or store; one above would have to be put into a register and
   * added before each.
   */
  static final long LOW = 1L << 28;

  /** The first address that such an area leaves free, rounded up to a power of two: 8 GiB. */
  static final long END_OF_LOW = 1L << 33;

  /** Largest memory: whole pages whose octets an int can count. */
  private static final int MEMORY_MAX = Integer.MAX_VALUE / Memory.PAGE_SIZE * Memory.PAGE_SIZE;

  private static final String NAME = "guest\0"; // shown in /proc, of no use to anybody
  private static final int CLOSE_ON_EXEC = 1;
  private static final int READ_AND_WRITE = 3;
  private static final int SHARED = 1;

  /** Of Linux 4.17; older ones take the address for a hint, and may give another. */
  private static final int FIXED_IF_FREE = 0x100000;

  private static final long FAILED = -1;

  private final long address;
  private final long file;
  private final CLibrary.Function truncate;
  private final ByteBuffer octets;

  /**
   * Makes the area; it has no memory yet.
   *
   * @throws IOException when this system or this Java cannot
   */
  GuardedArea() throws IOException {
    if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
      throw new IOException("this processor is not little-endian");
    }
    try {
      CLibrary library = new CLibrary();
      file = newFile(library);
      address = map(library.function("mmap", 6), file);
      truncate = library.function("ftruncate", 2);
      octets = library.at(address, MEMORY_MAX).order(ByteOrder.LITTLE_ENDIAN);
    } catch (ReflectiveOperationException e) {
      throw new IOException("this Java cannot map a file beyond its end: " + e.getMessage(), e);
    }
  }

  /** At {@link #LOW} if that is free, else anywhere. */
  private static long map(CLibrary.Function mmap, long file) throws IOException {
    long low = mmap.call(LOW, ADDRESSES, READ_AND_WRITE, SHARED | FIXED_IF_FREE, file, 0);
    if (low != FAILED) {
      return low;
    }
    long anywhere = mmap.call(0, ADDRESSES, READ_AND_WRITE, SHARED, file, 0);
    if (anywhere == FAILED) {
      throw new IOException("the system gives no " + ADDRESSES + " addresses");
    }
    return anywhere;
  }

  private static long newFile(CLibrary library) throws ReflectiveOperationException, IOException {
    byte[] name = NAME.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer text = ByteBuffer.allocateDirect(name.length).put(name).flip();
    int file;
    try {
      file = (int) library.function("memfd_create", 2).call(library.address(text), CLOSE_ON_EXEC);
    } finally {
      Reference.reachabilityFence(text);
    }
    if (file < 0) {
      throw new IOException("the system gives no file without a name");
    }
    return file;
  }

  /** Address 0 of the guest. */
  long address() {
    return address;
  }

  /** The area from its beginning, little-endian; whoever uses it keeps to the memory's end. */
  ByteBuffer octets() {
    return octets;
  }

  /** Gives the memory this many octets, whole pages; those that are new are zero. */
  void resize(int to) throws IOException {
    if ((int) truncate.call(file, to) != 0) {
      throw new IOException("the system gives the guest's memory no " + to + " octets");
    }
  }
}
