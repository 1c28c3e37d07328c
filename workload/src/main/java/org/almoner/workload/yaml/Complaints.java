package org.almoner.workload.yaml;

import org.almoner.workload.yaml.YamlNode.Position;

/** Takes down each fault of a document, so that reading can go on after it. */
@FunctionalInterface
public interface Complaints {
  /**
   * A fault.
   *
   * @param path names from the root, such as {@code release.module}; empty for the whole document
   * @param sentence what came, what was expected
   */
  void add(Position at, String path, String sentence);
}
