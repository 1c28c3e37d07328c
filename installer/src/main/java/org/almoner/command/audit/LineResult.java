package org.almoner.command.audit;

import java.util.ArrayList;
import java.util.List;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * What one drawn line came to, as it is kept in the auditor's folder.
 *
 * @param why the verdict in a sentence, where it is no finding; else empty
 * @param gaps checks that were not possible
 * @param lease which unit and replica the line answers; empty while it could not be opened
 * @param claimedCpuMs processor time the line states
 * @param ownCpuMs processor time the run took here; 0 when there was none
 * @param compared how outputs were compared, in words of {@link OutputMatch}; none for octet by
 *     octet
 */
record LineResult(
    long leaf,
    Verdict verdict,
    String why,
    List<Difference> differences,
    List<Gap> gaps,
    String lease,
    long claimedCpuMs,
    long ownCpuMs,
    List<String> compared) {
  private static final int TEXT_MAX = 10_000;
  private static final int DIFFERENCES_MAX = 1_000;

  LineResult {
    differences = List.copyOf(differences);
    gaps = List.copyOf(gaps);
    compared = List.copyOf(compared);
  }

  /** A line that could not be looked at. */
  static LineResult unseen(long leaf, Verdict verdict, String why) {
    return new LineResult(leaf, verdict, why, List.of(), List.of(), "", 0, 0, List.of());
  }

  /** A line of which something is wrong before it is opened. */
  static LineResult differs(long leaf, Difference difference) {
    return new LineResult(
        leaf, Verdict.DIFFERS, "", List.of(difference), List.of(), "", 0, 0, List.of());
  }

  /** The same with one thing more that is wrong. */
  LineResult and(Difference more) {
    List<Difference> all = new ArrayList<>(differences);
    all.add(more);
    return new LineResult(
        leaf, Verdict.DIFFERS, "", all, gaps, lease, claimedCpuMs, ownCpuMs, compared);
  }

  static LineResult parse(JsonFields fields) throws MalformedJson {
    List<Difference> differences = new ArrayList<>();
    for (JsonFields one : fields.objects("differences", 0, DIFFERENCES_MAX)) {
      differences.add(Difference.parse(one));
    }
    List<Gap> gaps = new ArrayList<>();
    for (String gap : fields.texts("unchecked", 0, Gap.values().length, TEXT_MAX)) {
      gaps.add(Gap.of(gap).orElseThrow(() -> fields.at("unchecked", gap + " is none")));
    }
    String word = fields.text("verdict", TEXT_MAX);
    LineResult result =
        new LineResult(
            fields.integer("leaf", 0, JsonValue.INTEGER_MAX),
            Verdict.of(word).orElseThrow(() -> fields.at("verdict", word + " is none")),
            fields.freeText("why", TEXT_MAX),
            differences,
            gaps,
            fields.freeText("lease", TEXT_MAX),
            fields.integer("claimedCpuMs", 0, JsonValue.INTEGER_MAX),
            fields.integer("ownCpuMs", 0, JsonValue.INTEGER_MAX),
            fields.has("compared")
                ? fields.texts("compared", 1, OutputMatch.WORDS_MAX, TEXT_MAX)
                : List.of());
    fields.end();
    return result;
  }

  /** All of it, for the auditor's folder alone: the lease names whose work it is. */
  JsonValue.Obj toJson() {
    return published()
        .put("why", why)
        .put("differences", differences.stream().map(Difference::toJson).toList())
        .putTexts("unchecked", unchecked())
        .put("lease", lease)
        .put("claimedCpuMs", claimedCpuMs)
        .put("ownCpuMs", ownCpuMs)
        .build();
  }

  /** What may be published: nothing that tells whose line it is. */
  JsonValue.Obj toPublicJson() {
    JsonValue.Builder out = published();
    if (!differences.isEmpty()) {
      out.put("differences", differences.stream().map(Difference::toJson).toList());
    }
    if (!gaps.isEmpty()) {
      out.putTexts("unchecked", unchecked());
    }
    return out.build();
  }

  private List<String> unchecked() {
    return gaps.stream().map(Gap::word).toList();
  }

  private JsonValue.Builder published() {
    JsonValue.Builder out = JsonValue.Obj.of().put("leaf", leaf).put("verdict", verdict.word());
    if (!compared.isEmpty()) {
      out.putTexts("compared", compared);
    }
    return out;
  }
}
