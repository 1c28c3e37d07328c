package org.almoner.command;

import org.almoner.protocol.json.JsonValue;

/**
 * One key of a coordinator, as it lies on the disk; nothing secret is in it.
 *
 * @param what which key
 * @param file where it lies, or where it should
 * @param mode who may read it, like {@code rw-------}, or {@code missing}
 * @param fault what is wrong with the file and what to do; empty when all is well
 * @param id what the world knows it by; empty when that cannot be told
 * @param since when it was made, a date in UTC; empty when that is not known
 * @param use what it signs or opens, and what to do when it is lost or stolen
 */
record KeyOnDisk(
    String what, String file, String mode, String fault, String id, String since, KeyUse use) {
  JsonValue.Obj toJson() {
    return JsonValue.Obj.of()
        .put("what", what)
        .put("file", file)
        .put("mode", mode)
        .put("fault", fault)
        .put("id", id)
        .put("since", since)
        .put("signs", use.signs())
        .put("lost", use.lost())
        .put("stolen", use.stolen())
        .build();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(what).append('\n');
    line(text, "file", file + "  " + mode + (since.isEmpty() ? "" : "  since " + since));
    line(text, "WRONG", fault);
    line(text, "id", id);
    line(text, "signs", use.signs());
    line(text, "lost", use.lost());
    line(text, "stolen", use.stolen());
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    if (!value.isEmpty()) {
      text.append(String.format("  %-8s %s%n", name, value));
    }
  }
}
