package org.almoner.workload.batch;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * One argument of a release in which each unit fills in its own values.
 *
 * <p>{@code {name}} stands for a value; a doubled brace stands for the brace itself.
 *
 * @param template as it stands in the release
 */
record Argument(String template) {
  /** Refuses a brace without a partner, in one sentence. */
  Argument {
    fill(template, name -> "");
  }

  /** The names between braces. */
  Set<String> names() {
    Set<String> names = new TreeSet<>();
    fill(
        template,
        name -> {
          names.add(name);
          return "";
        });
    return names;
  }

  /** The argument with every name replaced by its value; a name without one is refused. */
  String expand(Map<String, String> values) {
    return fill(
        template,
        name -> {
          String value = values.get(name);
          if (value == null) {
            throw new IllegalArgumentException(
                "argument "
                    + template
                    + " asks for {"
                    + name
                    + "}; these units offer "
                    + String.join(", ", new TreeSet<>(values.keySet())));
          }
          return value;
        });
  }

  private static String fill(String template, UnaryOperator<String> valueOf) {
    StringBuilder out = new StringBuilder(template.length() + 16);
    int at = 0;
    while (at < template.length()) {
      char c = template.charAt(at);
      if (c != '{' && c != '}') {
        out.append(c);
        at++;
      } else if (template.startsWith(c == '{' ? "{{" : "}}", at)) {
        out.append(c);
        at += 2;
      } else {
        int close = c == '{' ? template.indexOf('}', at) : -1;
        if (close < 0) {
          throw new IllegalArgumentException(
              "argument " + template + " has a brace without a partner; double it to mean itself");
        }
        out.append(valueOf.apply(template.substring(at + 1, close)));
        at = close + 1;
      }
    }
    return out.toString();
  }
}
