package org.almoner.agent.run.sandbox;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a program finds in its sandbox, beside the programs and libraries of {@code /usr}.
 *
 * @param mounts in the order in which they are laid over one another
 * @param folder where it starts, a path inside
 * @param environment all of its environment
 * @param limits what the kernel holds it to
 */
public record Inside(
    List<Mount> mounts, String folder, Map<String, String> environment, Limits limits) {
  /** An environment alike on every computer. It says nothing of this one's owner. */
  public static final Map<String, String> PLAIN_ENVIRONMENT =
      Map.of(
          "PATH",
          "/usr/bin:/bin",
          "HOME",
          "/tmp",
          "TMPDIR",
          "/tmp",
          "LC_ALL",
          "C.UTF-8",
          "TZ",
          "UTC0");

  public Inside {
    mounts = List.copyOf(mounts);
    environment = Collections.unmodifiableMap(new TreeMap<>(environment));
  }
}
