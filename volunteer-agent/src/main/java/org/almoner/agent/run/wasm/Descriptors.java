package org.almoner.agent.run.wasm;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.almoner.agent.run.snapshot.MalformedSnapshot;
import org.almoner.agent.run.snapshot.SnapshotInput;
import org.almoner.agent.run.snapshot.SnapshotOutput;
import org.jspecify.annotations.Nullable;

/**
 * The guest's descriptor table: 0 to 2 the console, 3 {@code /in}, 4 {@code /out}, then what it
 * opens, lowest first.
 */
final class Descriptors {
  /** Most open descriptors. */
  static final int OPEN_MAX = 256;

  /** Paths under which directories are given, as snapshots number them. */
  private static final List<String> PREOPENS = List.of("", "/in", "/out");

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

  /** What files and directories are open. */
  Set<GuestNode> nodes() {
    Set<GuestNode> nodes = new LinkedHashSet<>();
    for (Descriptor descriptor : open.values()) {
      node(descriptor).ifPresent(nodes::add);
    }
    return nodes;
  }

  private static Optional<GuestNode> node(Descriptor descriptor) {
    if (descriptor instanceof Descriptor.Directory directory) {
      return Optional.of(directory.node);
    }
    return descriptor instanceof Descriptor.Regular regular
        ? Optional.of(regular.node)
        : Optional.empty();
  }

  void save(SnapshotOutput out) throws IOException {
    out.u32(open.size());
    for (Map.Entry<Integer, Descriptor> entry : open.entrySet()) {
      Descriptor descriptor = entry.getValue();
      out.u32(entry.getKey());
      out.u8(descriptor.type());
      out.u16(descriptor.flags);
      out.i64(descriptor.rights);
      out.i64(descriptor.inheriting);
      out.u8(
          descriptor instanceof Descriptor.Directory directory
              ? PREOPENS.indexOf(directory.preopen)
              : 0);
      out.i64(node(descriptor).map(GuestNode::number).orElse(0L));
      out.i64(descriptor instanceof Descriptor.Regular regular ? regular.position : 0);
    }
  }

  /**
   * Opens again what was open, and nothing else.
   *
   * @param nodes by number
   */
  void load(SnapshotInput in, Map<Long, GuestNode> nodes) throws IOException, MalformedSnapshot {
    closeAll();
    for (int left = in.u32(OPEN_MAX); left > 0; left--) {
      int number = in.u32(OPEN_MAX - 1);
      int type = in.u8(Descriptor.TYPE_REGULAR_FILE);
      int flags = in.u16();
      long rights = in.i64(Rights.ALL);
      long inheriting = in.i64(Rights.ALL);
      String preopen = PREOPENS.get(in.u8(PREOPENS.size() - 1));
      @Nullable GuestNode node = nodes.get(in.i64(Long.MAX_VALUE));
      long position = in.i64(Long.MAX_VALUE);
      Descriptor descriptor;
      if (type == Descriptor.TYPE_CHARACTER_DEVICE) {
        descriptor = new Descriptor.Console();
      } else if (node instanceof GuestDirectory directory) {
        descriptor = new Descriptor.Directory(directory, preopen, rights, inheriting);
      } else if (node instanceof GuestFile file) {
        Descriptor.Regular regular = new Descriptor.Regular(file, rights, inheriting, flags);
        regular.position = position;
        file.opened();
        descriptor = regular;
      } else {
        throw new MalformedSnapshot("descriptor " + number + " stands for nothing");
      }
      descriptor.rights = rights;
      descriptor.inheriting = inheriting;
      descriptor.flags = flags;
      if (descriptor.type() != type || open.put(number, descriptor) != null) {
        throw new MalformedSnapshot("descriptor " + number + " is not what it is said to be");
      }
    }
  }
}
