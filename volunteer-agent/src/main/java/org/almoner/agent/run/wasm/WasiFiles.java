package org.almoner.agent.run.wasm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import run.endive.runtime.Memory;

/** The {@code fd_*} calls of the profile: descriptors and what is done through them. */
final class WasiFiles {
  /** Octets moved between the guest and a file at once. */
  private static final int CHUNK = 1 << 16;

  /** Most buffers in one call. */
  private static final int VECTORS_MAX = 1024;

  private static final int FLAG_APPEND = 1;
  private static final int FLAGS_ALL = 0x1f;
  private static final int SEEK_SET = 0;
  private static final int SEEK_CURRENT = 1;
  private static final int SEEK_END = 2;
  private static final int DIRENT_SIZE = 24;

  private final Descriptors descriptors;
  private final Tail tail;

  WasiFiles(Descriptors descriptors, Tail tail) {
    this.descriptors = descriptors;
    this.tail = tail;
  }

  void close(int fd) throws IOException, WasiFault {
    descriptors.close(fd);
  }

  void renumber(int from, int to) throws IOException, WasiFault {
    descriptors.renumber(from, to);
  }

  /**
   * {@code fd_sync}, {@code fd_datasync} and {@code fd_advise} have nothing to do but to know the
   * descriptor.
   */
  void known(int fd) throws WasiFault {
    descriptors.get(fd);
  }

  void fdstat(Memory memory, int fd, int to) throws WasiFault {
    Descriptor descriptor = descriptors.get(fd);
    memory.writeShort(to, (short) descriptor.type());
    memory.writeShort(to + 2, (short) descriptor.flags);
    memory.writeI32(to + 4, 0);
    memory.writeLong(to + 8, descriptor.rights);
    memory.writeLong(to + 16, descriptor.inheriting);
  }

  void setFlags(int fd, int flags) throws WasiFault {
    if ((flags & ~FLAGS_ALL) != 0) {
      throw new WasiFault(Errno.INVAL);
    }
    descriptors.get(fd).flags = flags;
  }

  /** Rights can only be given up. */
  void setRights(int fd, long rights, long inheriting) throws WasiFault {
    Descriptor descriptor = descriptors.get(fd);
    if ((rights & ~descriptor.rights) != 0 || (inheriting & ~descriptor.inheriting) != 0) {
      throw new WasiFault(Errno.NOTCAPABLE);
    }
    descriptor.rights = rights;
    descriptor.inheriting = inheriting;
  }

  void filestat(Memory memory, int fd, int to) throws WasiFault {
    Descriptor descriptor = descriptors.get(fd);
    if (descriptor instanceof Descriptor.Regular regular) {
      writeFilestat(memory, to, regular.node);
    } else if (descriptor instanceof Descriptor.Directory directory) {
      writeFilestat(memory, to, directory.node);
    } else {
      writeFilestat(memory, to, 0, Descriptor.TYPE_CHARACTER_DEVICE, 0);
    }
  }

  /** What {@code fd_filestat_get} and {@code path_filestat_get} tell of a node. */
  static void writeFilestat(Memory memory, int to, GuestNode node) {
    if (node instanceof GuestFile file) {
      writeFilestat(memory, to, node.number(), Descriptor.TYPE_REGULAR_FILE, file.size());
    } else {
      writeFilestat(memory, to, node.number(), Descriptor.TYPE_DIRECTORY, 0);
    }
  }

  private static void writeFilestat(Memory memory, int to, long number, int type, long size) {
    memory.writeLong(to, 1); // device
    memory.writeLong(to + 8, number);
    memory.writeLong(to + 16, type);
    memory.writeLong(to + 24, 1); // links
    memory.writeLong(to + 32, size);
    for (int time = 40; time <= 56; time += 8) {
      memory.writeLong(to + time, GuestClock.START_NS);
    }
  }

  void setSize(int fd, long size) throws IOException, WasiFault {
    if (size < 0) {
      throw new WasiFault(Errno.INVAL);
    }
    descriptors.regular(fd, Rights.FD_FILESTAT_SET_SIZE).node.resize(size);
  }

  void allocate(int fd, long offset, long length) throws IOException, WasiFault {
    GuestFile file = descriptors.regular(fd, Rights.FD_ALLOCATE).node;
    if (offset < 0 || length <= 0 || offset > Long.MAX_VALUE - length) {
      throw new WasiFault(Errno.INVAL);
    }
    if (offset + length > file.size()) {
      file.resize(offset + length);
    }
  }

  void seek(Memory memory, int fd, long offset, int whence, int to) throws WasiFault {
    Descriptor.Regular file = descriptors.regular(fd, 0);
    long base =
        switch (whence) {
          case SEEK_SET -> 0;
          case SEEK_CURRENT -> file.position;
          case SEEK_END -> file.node.size();
          default -> throw new WasiFault(Errno.INVAL);
        };
    long position = base + offset;
    if (position < 0) { // also when the sum went over the top
      throw new WasiFault(Errno.INVAL);
    }
    file.position = position;
    memory.writeLong(to, position);
  }

  void tell(Memory memory, int fd, int to) throws WasiFault {
    memory.writeLong(to, descriptors.regular(fd, 0).position);
  }

  void read(Memory memory, int fd, int vectors, int count, int to) throws IOException, WasiFault {
    Descriptor descriptor = descriptors.get(fd);
    if (descriptor instanceof Descriptor.Console) {
      memory.writeI32(to, 0); // nobody types
      return;
    }
    Descriptor.Regular file = descriptors.regular(fd, Rights.FD_READ);
    int moved = readAt(memory, file.node, file.position, vectors, count);
    file.position += moved;
    memory.writeI32(to, moved);
  }

  void pread(Memory memory, int fd, int vectors, int count, long offset, int to)
      throws IOException, WasiFault {
    Descriptor.Regular file = descriptors.regular(fd, Rights.FD_READ);
    requireOffset(offset);
    memory.writeI32(to, readAt(memory, file.node, offset, vectors, count));
  }

  private static int readAt(Memory memory, GuestFile file, long from, int vectors, int count)
      throws IOException, WasiFault {
    checkBuffers(memory, vectors, count);
    int moved = 0;
    for (int i = 0; i < count; i++) {
      int buffer = memory.readInt(vectors + 8 * i);
      int length = memory.readInt(vectors + 8 * i + 4);
      for (int done = 0; done < length; ) {
        byte[] octets = file.read(from + moved, Math.min(length - done, CHUNK));
        if (octets.length == 0) {
          return moved;
        }
        memory.write(buffer + done, octets);
        done += octets.length;
        moved += octets.length;
      }
    }
    return moved;
  }

  void write(Memory memory, int fd, int vectors, int count, int to) throws IOException, WasiFault {
    if (descriptors.get(fd) instanceof Descriptor.Console) {
      memory.writeI32(to, print(memory, vectors, count));
      return;
    }
    Descriptor.Regular file = descriptors.regular(fd, Rights.FD_WRITE);
    if ((file.flags & FLAG_APPEND) != 0) {
      file.position = file.node.size();
    }
    int moved = writeAt(memory, file.node, file.position, vectors, count);
    file.position += moved;
    memory.writeI32(to, moved);
  }

  void pwrite(Memory memory, int fd, int vectors, int count, long offset, int to)
      throws IOException, WasiFault {
    Descriptor.Regular file = descriptors.regular(fd, Rights.FD_WRITE);
    requireOffset(offset);
    memory.writeI32(to, writeAt(memory, file.node, offset, vectors, count));
  }

  /**
   * Octets written: fewer than asked when the space ends in between, a fault when it had ended
   * before.
   */
  private static int writeAt(Memory memory, GuestFile file, long from, int vectors, int count)
      throws IOException, WasiFault {
    checkBuffers(memory, vectors, count);
    int moved = 0;
    for (int i = 0; i < count; i++) {
      int buffer = memory.readInt(vectors + 8 * i);
      int length = memory.readInt(vectors + 8 * i + 4);
      for (int done = 0; done < length; ) {
        int chunk = Math.min(length - done, CHUNK);
        try {
          file.write(from + moved, memory.readBytes(buffer + done, chunk));
        } catch (WasiFault e) {
          if (moved > 0) {
            return moved;
          }
          throw e;
        }
        done += chunk;
        moved += chunk;
      }
    }
    return moved;
  }

  private int print(Memory memory, int vectors, int count) throws WasiFault {
    int total = checkBuffers(memory, vectors, count);
    for (int i = 0; i < count; i++) {
      int length = memory.readInt(vectors + 8 * i + 4);
      tail.write(memory.readBytes(memory.readInt(vectors + 8 * i), length));
    }
    return total;
  }

  /**
   * The sum of the lengths of {@code count} buffers. A buffer outside the memory traps, as any
   * access would, before anything is moved.
   */
  private static int checkBuffers(Memory memory, int vectors, int count) throws WasiFault {
    if (count < 0 || count > VECTORS_MAX) {
      throw new WasiFault(Errno.INVAL);
    }
    long total = 0;
    for (int i = 0; i < count; i++) {
      int buffer = memory.readInt(vectors + 8 * i);
      int length = memory.readInt(vectors + 8 * i + 4);
      if (length != 0) {
        memory.read(buffer);
        memory.read(length < 0 ? -1 : buffer + length - 1);
      }
      total += length;
    }
    if (total > Integer.MAX_VALUE) {
      throw new WasiFault(Errno.INVAL);
    }
    return (int) total;
  }

  private static void requireOffset(long offset) throws WasiFault {
    if (offset < 0) {
      throw new WasiFault(Errno.INVAL);
    }
  }

  /**
   * Entries from number {@code cookie} on, as many as fit; the last may be cut off, which tells
   * that there are more.
   */
  void readdir(Memory memory, int fd, int buffer, int length, long cookie, int to)
      throws WasiFault {
    int used = 0;
    long number = 0;
    for (Map.Entry<String, GuestNode> entry : entries(descriptors.directory(fd).node)) {
      number++;
      if (number <= cookie) {
        continue;
      }
      byte[] octets = dirent(number, entry.getKey(), entry.getValue());
      int part = Math.min(octets.length, length - used);
      memory.write(buffer + used, octets, 0, part);
      used += part;
      if (part < octets.length) {
        break;
      }
    }
    memory.writeI32(to, used);
  }

  private static List<Map.Entry<String, GuestNode>> entries(GuestDirectory directory) {
    List<Map.Entry<String, GuestNode>> entries = new ArrayList<>();
    entries.add(Map.entry(".", directory));
    entries.add(Map.entry("..", directory)); // where it leads is not told
    entries.addAll(directory.children().entrySet());
    return entries;
  }

  private static byte[] dirent(long next, String name, GuestNode node) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(DIRENT_SIZE + utf8.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(next)
        .putLong(node.number())
        .putInt(utf8.length)
        .putInt(
            node instanceof GuestFile ? Descriptor.TYPE_REGULAR_FILE : Descriptor.TYPE_DIRECTORY)
        .put(utf8)
        .array();
  }
}
