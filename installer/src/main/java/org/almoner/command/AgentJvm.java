package org.almoner.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** How Java runs an agent; the launcher hands the same file to Java. */
final class AgentJvm {
  private static final String FILE = "agent.jvm";

  private AgentJvm() {}

  /** The options, in order. */
  static List<String> options() {
    try (InputStream file = AgentJvm.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException(FILE + " is missing in this program");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#") && !line.isBlank())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
