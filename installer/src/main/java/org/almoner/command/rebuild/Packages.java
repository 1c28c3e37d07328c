package org.almoner.command.rebuild;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The recorded packages and what is installed here, as Debian's package manager tells.
 *
 * @param recorded each as {@code name=version}
 * @param installed the same names with the versions here; a name alone when it is not installed or
 *     nobody can tell
 */
public record Packages(List<String> recorded, List<String> installed) {
  /** Copies the lists. */
  public Packages {
    recorded = List.copyOf(recorded);
    installed = List.copyOf(installed);
  }

  static Packages ask(Tool tool, Path work, List<String> recorded) throws IOException {
    List<String> installed = new ArrayList<>();
    for (String one : recorded) {
      String name = one.substring(0, one.indexOf('='));
      installed.add(version(tool, work, name));
    }
    return new Packages(recorded, installed);
  }

  private static String version(Tool tool, Path work, String name) throws IOException {
    try {
      int exit =
          tool.run(
              work,
              Set.of("PATH"),
              Map.of("LC_ALL", "C"),
              List.of("dpkg-query", "-W", "-f", "${db:Status-Abbrev}${Version}\n", name));
      String first = tool.output().lines().findFirst().orElse("");
      return exit == 0 && first.startsWith("ii ") ? name + "=" + first.substring(3) : name;
    } catch (RebuildStopped noDpkg) {
      return name;
    }
  }

  /** Whether packages were recorded and all of them are here in that version. */
  public boolean same() {
    return !recorded.isEmpty() && recorded.equals(installed);
  }

  /** What differs, each in a sentence. */
  public List<String> differences() {
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < recorded.size(); i++) {
      String here = installed.get(i);
      if (!here.equals(recorded.get(i))) {
        differences.add(
            recorded.get(i)
                + " was recorded, here is "
                + (here.contains("=") ? here : "none, or nobody can tell"));
      }
    }
    return differences;
  }
}
