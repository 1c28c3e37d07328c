package org.almoner.trials.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One page, as what its reader pastes into a terminal.
 *
 * <p>A fenced block {@code sh} is a step. A block {@code text} that follows it with nothing between
 * but empty lines is what the step prints: each of its lines must come, in that order, and {@code
 * …} in a line stands for anything. The comment {@value #ELSEWHERE} before a step means that it
 * goes on while the reader does, in a terminal of its own. Any other block is for reading.
 */
record Page(List<Step> steps) {
  private static final String ELSEWHERE = "<!-- in another terminal -->";
  private static final String FENCE = "```";

  /**
   * Commands that are pasted at once.
   *
   * @param line where they begin, from 1
   * @param elsewhere whether they run on in a terminal of their own
   * @param shown the lines that the page shows as their output
   */
  record Step(int line, boolean elsewhere, String commands, List<String> shown) {
    /** The first line shown that does not come; empty when all come in order. */
    String missingIn(String output) {
      List<String> rest = new ArrayList<>(output.lines().toList());
      for (String wanted : shown) {
        while (!rest.isEmpty() && !rest.get(0).matches(pattern(wanted))) {
          rest.remove(0);
        }
        if (rest.isEmpty()) {
          return wanted;
        }
        rest.remove(0);
      }
      return "";
    }

    private static String pattern(String shown) {
      return List.of(shown.strip().split("…", -1)).stream()
          .map(java.util.regex.Pattern::quote)
          .collect(Collectors.joining(".*", "\\s*", "\\s*"));
    }
  }

  static Page parse(String markdown) {
    List<String> lines = markdown.lines().toList();
    List<Step> steps = new ArrayList<>();
    boolean elsewhere = false;
    boolean following = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.startsWith(FENCE)) {
        int end = i + 1;
        while (!lines.get(end).strip().equals(FENCE)) {
          end++;
        }
        List<String> block = lines.subList(i + 1, end);
        switch (line.substring(FENCE.length())) {
          case "sh" -> steps.add(new Step(i + 1, elsewhere, String.join("\n", block), List.of()));
          case "text" -> {
            if (following) {
              Step step = steps.remove(steps.size() - 1);
              steps.add(new Step(step.line(), step.elsewhere(), step.commands(), block));
            }
          }
          default -> throw new IllegalArgumentException("line " + (i + 1) + ": a block " + line);
        }
        following = line.equals(FENCE + "sh");
        elsewhere = false;
        i = end;
      } else if (!line.isEmpty()) {
        elsewhere = line.equals(ELSEWHERE);
        following = false;
      }
    }
    return new Page(steps);
  }
}
