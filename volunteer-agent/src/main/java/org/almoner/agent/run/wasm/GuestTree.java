package org.almoner.agent.run.wasm;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.result.BundleLimits;
import org.almoner.protocol.result.BundlePath;
import org.almoner.protocol.result.BundleWriter;

/**
 * Everything the guest can see of files: {@code /in}, which it reads, and {@code /out}, which is
 * empty at first and its own.
 */
final class GuestTree {
  private final Path scratch;
  private final DiskQuota quota;
  private final GuestDirectory in;
  private final GuestDirectory out;
  private long nextNumber = 1;

  /**
   * @param inputs files of this machine by their names below {@code /in}
   * @param scratch an empty directory for what the guest writes
   */
  GuestTree(Map<BundlePath, Path> inputs, Path scratch, BundleLimits limits) throws IOException {
    this.scratch = scratch;
    this.quota = new DiskQuota(limits);
    this.in = new GuestDirectory(nextNumber++, false, "");
    this.out = new GuestDirectory(nextNumber++, true, "");
    for (Map.Entry<BundlePath, Path> input : new TreeMap<>(inputs).entrySet()) {
      addInput(input.getKey(), input.getValue());
    }
  }

  private void addInput(BundlePath path, Path host) throws IOException {
    List<String> parts = List.of(path.value().split("/"));
    GuestDirectory directory = in;
    for (String part : parts.subList(0, parts.size() - 1)) {
      String prefix = directory.prefix() + part + "/";
      GuestNode node =
          directory
              .children()
              .computeIfAbsent(part, p -> new GuestDirectory(nextNumber++, false, prefix));
      if (!(node instanceof GuestDirectory next)) {
        throw new IOException("the input " + path + " lies below another input");
      }
      directory = next;
    }
    String name = parts.get(parts.size() - 1);
    if (directory.children().putIfAbsent(name, GuestFile.input(nextNumber++, host, quota))
        != null) {
      throw new IOException("the input " + path + " is a directory of other inputs");
    }
  }

  /** How the tree is put aside, and made again. */
  TreeSnapshot snapshot() {
    return new TreeSnapshot(this, scratch, quota);
  }

  long nextNumber() {
    return nextNumber;
  }

  void setNextNumber(long number) {
    nextNumber = number;
  }

  GuestDirectory in() {
    return in;
  }

  GuestDirectory out() {
    return out;
  }

  /**
   * Where a path leads: the directory, the last name in it, and the node of that name if there is
   * one.
   */
  record Place(GuestDirectory parent, String name, Optional<GuestNode> node) {
    GuestNode existing() throws WasiFault {
      return node.orElseThrow(() -> new WasiFault(Errno.NOENT));
    }
  }

  /**
   * Follows a relative path from {@code base}, which it never leaves upwards.
   *
   * @throws WasiFault when the path is absolute, leaves {@code base} or goes through something that
   *     is no directory
   */
  static Place find(GuestDirectory base, String path) throws WasiFault {
    if (path.isEmpty()) {
      throw new WasiFault(Errno.NOENT);
    }
    if (path.startsWith("/")) {
      throw new WasiFault(Errno.NOTCAPABLE);
    }
    Deque<GuestDirectory> above = new ArrayDeque<>();
    Place place = new Place(base, ".", Optional.of(base));
    String[] parts = path.split("/", -1);
    for (int i = 0; i < parts.length; i++) {
      GuestNode at = place.existing();
      if (!(at instanceof GuestDirectory directory)) {
        throw new WasiFault(Errno.NOTDIR);
      }
      if (parts[i].equals("..")) {
        if (above.isEmpty()) {
          throw new WasiFault(Errno.NOTCAPABLE);
        }
        GuestDirectory up = above.pop();
        place = new Place(up, ".", Optional.of(up));
      } else if (!parts[i].isEmpty() && !parts[i].equals(".")) {
        Optional<GuestNode> child = directory.child(parts[i]);
        if (child.isPresent() && child.get() instanceof GuestDirectory) {
          above.push(directory);
        }
        place = new Place(directory, parts[i], child);
        if (child.isEmpty() && i < parts.length - 1 && trailing(parts, i)) {
          return place; // "new/" names what mkdir may create
        }
      }
    }
    return place;
  }

  private static boolean trailing(String[] parts, int from) {
    for (int i = from + 1; i < parts.length; i++) {
      if (!parts[i].isEmpty()) {
        return false;
      }
    }
    return true;
  }

  GuestFile createFile(Place place) throws IOException, WasiFault {
    checkNew(place);
    quota.takeNode();
    long number = nextNumber++;
    GuestFile file = GuestFile.scratch(number, scratch.resolve(Long.toString(number)), quota);
    place.parent().children().put(place.name(), file);
    return file;
  }

  void createDirectory(Place place) throws WasiFault {
    if (place.node().isPresent()) {
      throw new WasiFault(Errno.EXIST);
    }
    checkNew(place);
    quota.takeNode();
    String prefix = place.parent().prefix() + place.name() + "/";
    place.parent().children().put(place.name(), new GuestDirectory(nextNumber++, true, prefix));
  }

  private static void checkNew(Place place) throws WasiFault {
    checkWritable(place);
    if (place.parent().isRemoved()) {
      throw new WasiFault(Errno.NOENT);
    }
    checkPath(place.parent().prefix() + place.name());
  }

  private static void checkWritable(Place place) throws WasiFault {
    if (!place.parent().isWritable()) {
      throw new WasiFault(Errno.ROFS);
    }
    if (place.name().equals(".")) {
      throw new WasiFault(Errno.INVAL); // a directory itself is no name in it
    }
  }

  /** What an output bundle could not name cannot be made. */
  private static void checkPath(String path) throws WasiFault {
    try {
      new BundlePath(path);
    } catch (IllegalArgumentException e) {
      throw new WasiFault(Errno.INVAL);
    }
  }

  void removeFile(Place place) throws IOException, WasiFault {
    checkWritable(place);
    if (!(place.existing() instanceof GuestFile file)) {
      throw new WasiFault(Errno.ISDIR);
    }
    place.parent().children().remove(place.name());
    file.unlinked();
  }

  void removeDirectory(Place place) throws WasiFault {
    checkWritable(place);
    if (!(place.existing() instanceof GuestDirectory directory)) {
      throw new WasiFault(Errno.NOTDIR);
    }
    if (!directory.children().isEmpty()) {
      throw new WasiFault(Errno.NOTEMPTY);
    }
    place.parent().children().remove(place.name());
    directory.remove();
    quota.returnNode();
  }

  void rename(Place from, Place to) throws IOException, WasiFault {
    checkWritable(from);
    GuestNode node = from.existing();
    checkNew(to);
    if (to.node().isPresent() && to.node().get() == node) {
      return;
    }
    if (node instanceof GuestDirectory directory) {
      checkMove(directory, to);
    }
    if (to.node().isPresent()) {
      if (node instanceof GuestDirectory) {
        removeDirectory(to);
      } else {
        removeFile(to);
      }
    }
    from.parent().children().remove(from.name());
    to.parent().children().put(to.name(), node);
    if (node instanceof GuestDirectory directory) {
      directory.moveTo(to.parent().prefix() + to.name() + "/");
    }
  }

  /** A directory does not move into itself, nor where a path into it would become too long. */
  private static void checkMove(GuestDirectory moved, Place to) throws WasiFault {
    String newPrefix = to.parent().prefix() + to.name() + "/";
    if (newPrefix.startsWith(moved.prefix())) {
      throw new WasiFault(Errno.INVAL);
    }
    checkBelow(moved, newPrefix);
  }

  private static void checkBelow(GuestDirectory directory, String newPrefix) throws WasiFault {
    for (Map.Entry<String, GuestNode> child : directory.children().entrySet()) {
      checkPath(newPrefix + child.getKey());
      if (child.getValue() instanceof GuestDirectory below) {
        checkBelow(below, newPrefix + child.getKey() + "/");
      }
    }
  }

  /** Writes all files below {@code /out}; every descriptor must be closed. */
  Hash writeBundle(OutputStream stream) throws IOException {
    NavigableMap<BundlePath, GuestFile> files = new TreeMap<>();
    collect(out, files);
    BundleWriter writer = new BundleWriter(stream);
    for (Map.Entry<BundlePath, GuestFile> file : files.entrySet()) {
      try (InputStream content = file.getValue().content()) {
        writer.file(file.getKey(), file.getValue().size(), content);
      }
    }
    return writer.finish();
  }

  private static void collect(GuestDirectory directory, Map<BundlePath, GuestFile> files) {
    for (Map.Entry<String, GuestNode> child : directory.children().entrySet()) {
      if (child.getValue() instanceof GuestFile file) {
        files.put(new BundlePath(directory.prefix() + child.getKey()), file);
      } else if (child.getValue() instanceof GuestDirectory below) {
        collect(below, files);
      }
    }
  }
}
