package org.almoner.command;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How to start this very program once more, as a process of its own. */
final class Self {
  private Self() {}

  /** The command line that runs {@code verb} with {@code jvm} as its JVM options. */
  static List<String> command(List<String> jvm, List<String> verb) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(jvm);
    Path code = codeSource();
    if (Files.isRegularFile(code)) {
      line.add("-jar");
      line.add(code.toString());
    } else {
      line.addAll(IgniteOpens.FLAGS);
      line.add("-cp");
      line.add(System.getProperty("java.class.path"));
      line.add(Main.class.getName());
    }
    line.addAll(verb);
    return line;
  }

  private static Path codeSource() {
    try {
      return Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the program does not know where it lies", e);
    }
  }
}
