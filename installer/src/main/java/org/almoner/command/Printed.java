package org.almoner.command;

import java.nio.charset.StandardCharsets;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonValue;
import picocli.CommandLine.Option;

/** How a verb prints what it found: lines for people, or one JSON value in a line for scripts. */
final class Printed {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "text|json",
      defaultValue = "text",
      description = "How it is printed (default: ${DEFAULT-VALUE}).")
  private String form = "text";

  /** Whether scripts read it. To be asked before anything is done. */
  boolean json() {
    return switch (form) {
      case "text" -> false;
      case "json" -> true;
      default -> throw Failure.wrongUse("--output takes text or json, got " + form);
    };
  }

  /** Prints {@code text}, or {@code value} when scripts read it. */
  void say(String text, JsonValue value) {
    System.out.println(json() ? line(value) : text);
  }

  /** The value in one line. */
  static String line(JsonValue value) {
    return new String(CanonicalJson.encode(value), StandardCharsets.UTF_8);
  }
}
