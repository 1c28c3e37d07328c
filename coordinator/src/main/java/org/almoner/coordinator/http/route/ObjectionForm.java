package org.almoner.coordinator.http.route;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * The form by which a donor objects: {@code leaf=…&words=…}, urlencoded as a browser sends it.
 *
 * @param leaf index of the line in the log
 * @param words as they were typed
 */
public record ObjectionForm(long leaf, String words) {
  /** Reads the form; throws a {@code Refusal} when it is another one. */
  public static ObjectionForm read(byte[] body) {
    Map<String, String> fields = new TreeMap<>();
    for (String field : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
      int sign = field.indexOf('=');
      if (sign < 0 || fields.put(field.substring(0, sign), decode(field, sign)) != null) {
        throw other();
      }
    }
    String leaf = fields.getOrDefault("leaf", "");
    if (fields.size() != 2 || !fields.containsKey("words") || !leaf.matches("[0-9]{1,15}")) {
      throw other();
    }
    return new ObjectionForm(Long.parseLong(leaf), fields.get("words"));
  }

  private static String decode(String field, int sign) {
    try {
      return URLDecoder.decode(field.substring(sign + 1), StandardCharsets.UTF_8).strip();
    } catch (IllegalArgumentException e) {
      throw other();
    }
  }

  private static RuntimeException other() {
    return Refusals.malformed(
        "the form has two fields, leaf (the number of an entry) and words; use the one on /me");
  }
}
