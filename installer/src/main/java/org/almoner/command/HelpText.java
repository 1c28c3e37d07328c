package org.almoner.command;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Fits help to the terminal: a description that the source breaks over lines is put together again,
 * and its first sentence, which the list of commands shows, stands by itself.
 */
final class HelpText {
  private static final Pattern FIRST_SENTENCE = Pattern.compile("(.*?[.?!])\\s+(.+)");

  private HelpText() {}

  /** Of this command and all below it. */
  static CommandLine fitted(CommandLine command) {
    fit(command.getCommandSpec());
    command.getSubcommands().values().forEach(HelpText::fitted);
    return command.setUsageHelpAutoWidth(true);
  }

  private static void fit(CommandSpec spec) {
    List<String> paragraphs = paragraphs(spec.usageMessage().description());
    if (!paragraphs.isEmpty()) {
      Matcher first = FIRST_SENTENCE.matcher(paragraphs.get(0));
      if (first.matches()) {
        paragraphs.set(0, first.group(1));
        paragraphs.add(1, first.group(2));
      }
    }
    spec.usageMessage().description(paragraphs.toArray(String[]::new));
  }

  private static List<String> paragraphs(String... lines) {
    List<String> paragraphs = new ArrayList<>();
    boolean goesOn = false;
    for (String line : lines) {
      int last = paragraphs.size() - 1;
      if (goesOn && !line.isEmpty()) {
        paragraphs.set(last, paragraphs.get(last) + " " + line);
      } else {
        paragraphs.add(line);
      }
      goesOn = !line.isEmpty();
    }
    return paragraphs;
  }
}
