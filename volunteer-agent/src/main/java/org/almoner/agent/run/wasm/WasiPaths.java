package org.almoner.agent.run.wasm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.almoner.agent.run.wasm.GuestTree.Place;
import run.endive.runtime.Memory;

/** The {@code path_*} calls of the profile: names in the guest's tree. */
final class WasiPaths {
  /** Octets of the longest path the guest may give. */
  private static final int PATH_MAX = 4096;

  private static final int CREATE = 1;
  private static final int DIRECTORY = 2;
  private static final int EXCLUSIVE = 4;
  private static final int TRUNCATE = 8;

  private final Descriptors descriptors;
  private final GuestTree tree;

  WasiPaths(Descriptors descriptors, GuestTree tree) {
    this.descriptors = descriptors;
    this.tree = tree;
  }

  private Place find(Memory memory, int fd, int path, int length) throws WasiFault {
    GuestDirectory base = descriptors.directory(fd).node;
    return GuestTree.find(base, text(memory, path, length));
  }

  private static String text(Memory memory, int at, int length) throws WasiFault {
    if (length < 0 || length > PATH_MAX) {
      throw new WasiFault(Errno.INVAL);
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(memory.readBytes(at, length)))
          .toString();
    } catch (CharacterCodingException e) {
      throw new WasiFault(Errno.INVAL);
    }
  }

  /** What {@code path_open} was asked for. */
  record Opening(int how, long rights, long inheriting, int flags) {
    boolean wants(int flag) {
      return (how & flag) != 0;
    }

    boolean writes() {
      return (rights & (Rights.FD_WRITE | Rights.FD_ALLOCATE | Rights.FD_FILESTAT_SET_SIZE)) != 0
          || wants(TRUNCATE);
    }
  }

  void open(Memory memory, int fd, int path, int length, Opening opening, int to)
      throws IOException, WasiFault {
    Descriptor.Directory base = descriptors.directory(fd);
    if ((opening.rights() & ~base.inheriting) != 0
        || (opening.inheriting() & ~base.inheriting) != 0) {
      throw new WasiFault(Errno.NOTCAPABLE);
    }
    Place place = find(memory, fd, path, length);
    memory.writeI32(to, descriptors.add(opened(place, opening)));
  }

  private Descriptor opened(Place place, Opening opening) throws IOException, WasiFault {
    GuestNode node;
    if (place.node().isEmpty() && opening.wants(CREATE)) {
      if (opening.wants(DIRECTORY)) {
        throw new WasiFault(Errno.INVAL);
      }
      node = tree.createFile(place);
    } else {
      node = place.existing();
      if (opening.wants(CREATE) && opening.wants(EXCLUSIVE)) {
        throw new WasiFault(Errno.EXIST);
      }
    }
    if (node instanceof GuestDirectory directory) {
      if (opening.wants(TRUNCATE) || opening.wants(CREATE)) {
        throw new WasiFault(Errno.ISDIR);
      }
      return new Descriptor.Directory(directory, "", opening.rights(), opening.inheriting());
    }
    return openedFile((GuestFile) node, opening);
  }

  private static Descriptor openedFile(GuestFile file, Opening opening)
      throws IOException, WasiFault {
    if (opening.wants(DIRECTORY)) {
      throw new WasiFault(Errno.NOTDIR);
    }
    if (opening.writes() && !file.isWritable()) {
      throw new WasiFault(Errno.ROFS);
    }
    if (opening.wants(TRUNCATE)) {
      file.opened();
      try {
        file.resize(0);
      } finally {
        file.closed();
      }
    }
    return new Descriptor.Regular(file, opening.rights(), opening.inheriting(), opening.flags());
  }

  void filestat(Memory memory, int fd, int path, int length, int to) throws WasiFault {
    WasiFiles.writeFilestat(memory, to, find(memory, fd, path, length).existing());
  }

  /** Times stand still here; the call only has to find the file. */
  void touch(Memory memory, int fd, int path, int length) throws WasiFault {
    find(memory, fd, path, length).existing();
  }

  /** There are no links, so whatever exists is none. */
  void readlink(Memory memory, int fd, int path, int length) throws WasiFault {
    find(memory, fd, path, length).existing();
    throw new WasiFault(Errno.INVAL);
  }

  void createDirectory(Memory memory, int fd, int path, int length) throws WasiFault {
    tree.createDirectory(find(memory, fd, path, length));
  }

  void removeDirectory(Memory memory, int fd, int path, int length) throws WasiFault {
    tree.removeDirectory(find(memory, fd, path, length));
  }

  void unlink(Memory memory, int fd, int path, int length) throws IOException, WasiFault {
    tree.removeFile(find(memory, fd, path, length));
  }

  void rename(Memory memory, int fd, int path, int length, int toFd, int toPath, int toLength)
      throws IOException, WasiFault {
    tree.rename(find(memory, fd, path, length), find(memory, toFd, toPath, toLength));
  }
}
