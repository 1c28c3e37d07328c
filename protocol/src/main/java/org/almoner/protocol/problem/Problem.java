package org.almoner.protocol.problem;

import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * A refusal: which rule, and in one sentence what came, what was expected and what to do.
 *
 * @param status the HTTP status, 400 to 599
 * @param slug names the rule; a heading of the page {@code docs/reference/problems.md}
 * @param title the rule in a few words, the same for every refusal of this kind
 * @param detail one sentence about this refusal
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 */
public record Problem(int status, String slug, String title, String detail) {
  /** Media type of the transit form. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final String PAGE = "docs/reference/problems.md#";

  /** Reads the transit form. */
  public static Problem parse(JsonFields fields) throws MalformedJson {
    Problem problem =
        new Problem(
            fields.smallInteger("status", 400, 599),
            fields.text("type", 200).replace(PAGE, ""),
            fields.text("title", 200),
            fields.freeText("detail", 4_000));
    fields.end();
    return problem;
  }

  /** The transit form. */
  public JsonValue.Obj toJson() {
    return JsonValue.Obj.of()
        .put("status", status)
        .put("type", PAGE + slug)
        .put("title", title)
        .put("detail", detail)
        .build();
  }
}
