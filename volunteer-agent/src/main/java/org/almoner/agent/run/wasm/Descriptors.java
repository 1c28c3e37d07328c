package org.almoner.agent.run.wasm;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * The guest's descriptor table: 0 to 2 the console, 3 {@code /in}, 4 {@code /out}, then what it
 * opens, lowest first.
 */
final class Descriptors {
  /** Most open descriptors. */
  static final int OPEN_MAX = 256;

  private final Map<Integer, Descriptor> open = new TreeMap<>();

  Descriptors(GuestTree tree) {
    open.put(0, new Descriptor.Console());
    open.put(1, new Descriptor.Console());
    open.put(2, new Descriptor.Console());
    open.put(3, new Descriptor.Directory(tree.in(), "/in", Rights.ALL, Rights.ALL));
    open.put(4, new Descriptor.Directory(tree.out(), "/out", Rights.ALL, Rights.ALL));
  }

  Descriptor get(int number) throws WasiFault {
    Descriptor descriptor = open.get(number);
    if (descriptor == null) {
      throw new WasiFault(Errno.BADF);
    }
    return descriptor;
  }

  Descriptor.Directory directory(int number) throws WasiFault {
    if (get(number) instanceof Descriptor.Directory directory) {
      return directory;
    }
    throw new WasiFault(Errno.NOTDIR);
  }

  /** A regular file open for {@code right}. */
  Descriptor.Regular regular(int number, long right) throws WasiFault {
    Descriptor descriptor = get(number);
    if (descriptor instanceof Descriptor.Regular regular) {
      if ((regular.rights & right) != right) {
        throw new WasiFault(Errno.NOTCAPABLE);
      }
      return regular;
    }
    throw new WasiFault(descriptor instanceof Descriptor.Directory ? Errno.ISDIR : Errno.SPIPE);
  }

  /** Gives a descriptor the lowest free number. */
  int add(Descriptor descriptor) throws IOException, WasiFault {
    if (open.size() >= OPEN_MAX) {
      throw new WasiFault(Errno.MFILE);
    }
    int number = 0;
    while (open.containsKey(number)) {
      number++;
    }
    if (descriptor instanceof Descriptor.Regular regular) {
      regular.node.opened();
    }
    open.put(number, descriptor);
    return number;
  }

  void close(int number) throws IOException, WasiFault {
    Descriptor descriptor = get(number);
    open.remove(number);
    release(descriptor);
  }

  /**
   * Puts the descriptor {@code from} in the place of {@code to}, which must be open and is closed.
   */
  void renumber(int from, int to) throws IOException, WasiFault {
    Descriptor moved = get(from);
    Descriptor replaced = get(to);
    if (moved != replaced) {
      open.remove(from);
      open.put(to, moved);
      release(replaced);
    }
  }

  /** Closes all: the guest has ended. */
  void closeAll() throws IOException {
    for (Descriptor descriptor : open.values()) {
      release(descriptor);
    }
    open.clear();
  }

  private static void release(Descriptor descriptor) throws IOException {
    if (descriptor instanceof Descriptor.Regular regular) {
      regular.node.closed();
    }
  }
}
