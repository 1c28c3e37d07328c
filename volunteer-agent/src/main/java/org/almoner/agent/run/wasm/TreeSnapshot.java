package org.almoner.agent.run.wasm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.almoner.agent.run.snapshot.MalformedSnapshot;
import org.almoner.agent.run.snapshot.SnapshotInput;
import org.almoner.agent.run.snapshot.SnapshotOutput;
import org.almoner.protocol.result.BundlePath;

/** The part of a snapshot that holds the files and directories the guest made. */
final class TreeSnapshot {
  private static final int NODES_MAX = 10_000 + Descriptors.OPEN_MAX;
  private static final int NAME_OCTETS_MAX = 240;
  private static final int DIRECTORY = 3;
  private static final int FILE = 4;

  private final GuestTree tree;
  private final Path scratch;
  private final DiskQuota quota;

  TreeSnapshot(GuestTree tree, Path scratch, DiskQuota quota) {
    this.tree = tree;
    this.scratch = scratch;
    this.quota = quota;
  }

  private record Place(long directory, String name) {}

  /**
   * @param open nodes with descriptors, some of which may have no name any more
   */
  void save(SnapshotOutput out, Collection<GuestNode> open) throws IOException {
    Map<GuestNode, Place> places = new LinkedHashMap<>();
    collect(tree.out(), places);
    Map<Long, GuestNode> nameless = new TreeMap<>();
    for (GuestNode node : open) {
      if (node.isWritable() && node != tree.out() && !places.containsKey(node)) {
        nameless.put(node.number(), node);
      }
    }
    nameless.values().forEach(node -> places.put(node, new Place(0, "")));
    out.i64(tree.nextNumber());
    out.u32(places.size());
    for (Map.Entry<GuestNode, Place> place : places.entrySet()) {
      save(place.getKey(), place.getValue(), out);
    }
  }

  private static void collect(GuestDirectory directory, Map<GuestNode, Place> places) {
    for (Map.Entry<String, GuestNode> child : directory.children().entrySet()) {
      places.put(child.getValue(), new Place(directory.number(), child.getKey()));
      if (child.getValue() instanceof GuestDirectory below) {
        collect(below, places);
      }
    }
  }

  private static void save(GuestNode node, Place place, SnapshotOutput out) throws IOException {
    out.u8(node instanceof GuestFile ? FILE : DIRECTORY);
    out.i64(node.number());
    out.i64(place.directory());
    out.text(place.name().getBytes(StandardCharsets.UTF_8));
    if (node instanceof GuestFile file) {
      out.i64(file.size());
      try (InputStream content = file.content()) {
        out.octets(content);
      }
    }
  }

  /**
   * Makes the nodes again, in a tree that has only its inputs.
   *
   * @return all nodes by number, those that are always there too
   */
  Map<Long, GuestNode> load(SnapshotInput in) throws IOException, MalformedSnapshot {
    Map<Long, GuestNode> nodes = new HashMap<>();
    nodes.put(tree.out().number(), tree.out());
    inputs(tree.in(), nodes);
    long first = tree.nextNumber();
    tree.setNextNumber(in.i64(Long.MAX_VALUE));
    try {
      for (int left = in.u32(NODES_MAX); left > 0; left--) {
        GuestNode node = load(in, nodes);
        boolean known = nodes.put(node.number(), node) != null;
        if (known || node.number() < first || node.number() >= tree.nextNumber()) {
          throw new MalformedSnapshot("no node can have the number " + node.number());
        }
      }
    } catch (WasiFault | IllegalArgumentException e) {
      throw new MalformedSnapshot("its files could not have been made");
    }
    return nodes;
  }

  private static void inputs(GuestDirectory directory, Map<Long, GuestNode> nodes) {
    nodes.put(directory.number(), directory);
    for (GuestNode child : directory.children().values()) {
      nodes.put(child.number(), child);
      if (child instanceof GuestDirectory below) {
        inputs(below, nodes);
      }
    }
  }

  private GuestNode load(SnapshotInput in, Map<Long, GuestNode> nodes)
      throws IOException, MalformedSnapshot, WasiFault {
    int kind = in.u8(FILE);
    long number = in.i64(Long.MAX_VALUE);
    long parent = in.i64(Long.MAX_VALUE);
    String name = new String(in.text(NAME_OCTETS_MAX), StandardCharsets.UTF_8);
    boolean named = parent != 0;
    if (kind == FILE || named) {
      quota.takeNode();
    }
    String path = named ? directory(nodes, parent).prefix() + name : "";
    GuestNode node =
        kind == FILE
            ? GuestFile.restored(number, scratch.resolve(Long.toString(number)), quota, named, in)
            : new GuestDirectory(number, true, path + "/");
    if (named) {
      var unused = new BundlePath(path);
      if (directory(nodes, parent).children().putIfAbsent(name, node) != null) {
        throw new MalformedSnapshot("two files have one name");
      }
    } else if (node instanceof GuestDirectory directory) {
      directory.remove();
    }
    return node;
  }

  private static GuestDirectory directory(Map<Long, GuestNode> nodes, long number)
      throws MalformedSnapshot {
    if (nodes.get(number) instanceof GuestDirectory found
        && found.isWritable()
        && !found.isRemoved()) {
      return found;
    }
    throw new MalformedSnapshot("a file lies in node " + number + ", which is no directory for it");
  }
}
