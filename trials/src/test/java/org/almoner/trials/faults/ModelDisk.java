package org.almoner.trials.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.almoner.trials.faults.DiskTrace.Change;

/**
 * A disk as POSIX promises it, no better: of a file's octets only those are safe that were synced,
 * of a directory's names only those that were there when the directory itself was synced.
 */
final class ModelDisk {
  /** What a power cut leaves of all that was not synced. */
  enum Cut {
    /** All of it, as after a kill. */
    NOTHING_LOST,
    /** Nothing of it. */
    ALL_LOST,
    /** The names; the files have the octets that were synced. */
    CONTENT_LOST,
    /** The names and the lengths; what was not synced is zero where the file grew. */
    CONTENT_ZERO,
    /** The names; each block by the toss of a coin. */
    CONTENT_TORN,
    /** Each name and each block by the toss of a coin. */
    TORN
  }

  private static final int BLOCK = 4_096;

  /** A file or a directory, as it is and as it is safe. */
  private static final class Node {
    private final boolean directory;
    private byte[] octets = new byte[0];
    private byte[] safeOctets = new byte[0];
    private TreeMap<String, Node> names = new TreeMap<>();
    private TreeMap<String, Node> safeNames = new TreeMap<>();

    /** Whether the array of octets is also that of a sync. */
    private boolean kept = true;

    Node(boolean directory) {
      this.directory = directory;
    }

    void resize(int size) {
      octets = Arrays.copyOf(octets, size);
      kept = false;
    }

    void write(int at, byte[] more) {
      int size = Math.max(at + more.length, octets.length);
      if (kept || size > octets.length) {
        resize(size);
      }
      System.arraycopy(more, 0, octets, at, more.length);
    }
  }

  /** What a sync that has begun will make safe. */
  private record Begun(Node node, byte[] octets, TreeMap<String, Node> names) {}

  private final Path folder;
  private final Node root = new Node(true);
  private final Map<String, Begun> syncs = new HashMap<>();

  /** A disk on which {@code folder} is as {@code image} is now, and all of it safe. */
  ModelDisk(Path folder, Path image) throws IOException {
    this.folder = folder;
    load(image, root);
  }

  private static void load(Path from, Node into) throws IOException {
    try (Stream<Path> children = Files.list(from)) {
      for (Path child : children.toList()) {
        Node node = new Node(Files.isDirectory(child));
        if (node.directory) {
          load(child, node);
        } else {
          node.octets = Files.readAllBytes(child);
          node.safeOctets = node.octets;
        }
        into.names.put(child.getFileName().toString(), node);
      }
    }
    into.safeNames = new TreeMap<>(into.names);
  }

  /** Does what a process did. */
  void apply(Change change) {
    if (change instanceof Change.Opened opened) {
      open(opened);
    } else if (change instanceof Change.Written written) {
      node(written.path()).write((int) written.at(), written.octets().toArray());
    } else if (change instanceof Change.Resized resized) {
      node(resized.path()).resize((int) resized.size());
    } else if (change instanceof Change.SyncBegan sync) {
      Node node = node(sync.path());
      node.kept = true;
      syncs.put(sync.thread(), new Begun(node, node.octets, new TreeMap<>(node.names)));
    } else if (change instanceof Change.SyncEnded sync) {
      Begun begun = syncs.remove(sync.thread());
      if (begun != null) {
        begun.node.safeOctets = begun.octets;
        begun.node.safeNames = begun.names;
      }
    } else if (change instanceof Change.Renamed renamed) {
      Node moved = parent(renamed.from()).names.remove(name(renamed.from()));
      parent(renamed.to()).names.put(name(renamed.to()), moved);
    } else if (change instanceof Change.Made made) {
      parent(made.path()).names.put(name(made.path()), new Node(true));
    } else if (change instanceof Change.Removed removed) {
      parent(removed.path()).names.remove(name(removed.path()));
    }
  }

  private void open(Change.Opened opened) {
    Node parent = parent(opened.path());
    if (opened.created()) {
      parent.names.computeIfAbsent(name(opened.path()), name -> new Node(false));
    }
    if (opened.emptied()) {
      node(opened.path()).resize(0);
    }
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private Node parent(String path) {
    return node(path.substring(0, path.lastIndexOf('/')));
  }

  private Node node(String path) {
    Node at = root;
    for (Path name : folder.relativize(Path.of(path))) {
      if (!name.toString().isEmpty()) {
        at = Objects.requireNonNull(at.names.get(name.toString()), path);
      }
    }
    return at;
  }

  /** Writes into {@code to} what the next start finds after the power was cut now. */
  void leave(Path to, Cut cut, SplittableRandom coins) throws IOException {
    Files.createDirectories(to);
    leave(root, to, cut, coins);
  }

  private static void leave(Node from, Path to, Cut cut, SplittableRandom coins)
      throws IOException {
    TreeSet<String> all = new TreeSet<>(from.names.keySet());
    all.addAll(from.safeNames.keySet());
    for (String name : all) {
      boolean safe = cut == Cut.ALL_LOST || (cut == Cut.TORN && coins.nextBoolean());
      Node node = (safe ? from.safeNames : from.names).get(name);
      if (node == null) {
        continue;
      }
      Path file = to.resolve(name);
      if (node.directory) {
        Files.createDirectory(file);
        leave(node, file, cut, coins);
      } else {
        Files.write(file, octets(node, cut, coins));
      }
    }
  }

  private static byte[] octets(Node file, Cut cut, SplittableRandom coins) {
    if (cut == Cut.NOTHING_LOST || file.octets == file.safeOctets) {
      return file.octets;
    }
    return switch (cut) {
      case CONTENT_ZERO -> mixed(file, file.octets.length, block -> Block.ZERO);
      case CONTENT_TORN, TORN -> {
        int length = coins.nextBoolean() ? file.octets.length : file.safeOctets.length;
        Block[] kinds = Block.values();
        yield mixed(file, length, block -> kinds[coins.nextInt(kinds.length)]);
      }
      default -> file.safeOctets;
    };
  }

  /** What became of one block that was written and not synced. */
  private enum Block {
    NEW,
    OLD,
    ZERO
  }

  private static byte[] mixed(Node file, int length, IntFunction<Block> choice) {
    byte[] left = new byte[length];
    for (int at = 0; at < length; at += BLOCK) {
      byte[] now = block(file.octets, at, length);
      byte[] safe = block(file.safeOctets, at, length);
      Block kind = Arrays.equals(now, safe) ? Block.NEW : choice.apply(at);
      if (kind == Block.ZERO && at < file.safeOctets.length) {
        kind = Block.OLD; // a block that was there is overwritten in its place, or not
      }
      if (kind != Block.ZERO) {
        System.arraycopy(kind == Block.NEW ? now : safe, 0, left, at, now.length);
      }
    }
    return left;
  }

  private static byte[] block(byte[] octets, int at, int length) {
    byte[] block = new byte[Math.min(BLOCK, length - at)];
    if (at < octets.length) {
      System.arraycopy(octets, at, block, 0, Math.min(block.length, octets.length - at));
    }
    return block;
  }
}
