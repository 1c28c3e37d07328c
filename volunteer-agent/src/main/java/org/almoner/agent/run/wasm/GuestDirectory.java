package org.almoner.agent.run.wasm;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A directory: nodes by name, in the order of the octets of the names; and what every path into it
 * starts with.
 */
final class GuestDirectory extends GuestNode {
  private static final Comparator<String> BY_OCTETS =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

  private final NavigableMap<String, GuestNode> children = new TreeMap<>(BY_OCTETS);

  private String prefix;
  private boolean removed;

  /**
   * @param prefix path from {@code /in} or {@code /out} with a slash at its end, or empty for these
   */
  GuestDirectory(long number, boolean writable, String prefix) {
    super(number, writable);
    this.prefix = prefix;
  }

  String prefix() {
    return prefix;
  }

  /** Whether the directory has no name any more and is only held by descriptors. */
  boolean isRemoved() {
    return removed;
  }

  void remove() {
    removed = true;
  }

  /** Takes a new prefix here and in all directories below. */
  void moveTo(String newPrefix) {
    prefix = newPrefix;
    for (Map.Entry<String, GuestNode> child : children.entrySet()) {
      if (child.getValue() instanceof GuestDirectory directory) {
        directory.moveTo(newPrefix + child.getKey() + "/");
      }
    }
  }

  Optional<GuestNode> child(String name) {
    return Optional.ofNullable(children.get(name));
  }

  NavigableMap<String, GuestNode> children() {
    return children;
  }
}
