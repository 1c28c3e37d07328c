package org.almoner.agent.control;

import java.util.Locale;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * What the agent does at this moment, in one state and one sentence.
 *
 * @param reason one sentence for the owner, at most {@link #REASON_MAX} characters
 * @param notice the last thing that went wrong for good, such as a refused report; else empty
 * @param unitsDone units finished since the agent started
 * @param waitingForProof lines reported or to be reported whose proof has not come yet
 * @param refused reports that the coordinator refused and that were put aside
 * @param firstUnit how this computer did in the unit whose answer is known; empty before it
 * @param atMs when this was written, milliseconds since 1970 UTC
 */
public record Status(
    State state,
    String reason,
    String notice,
    long unitsDone,
    long waitingForProof,
    long refused,
    String firstUnit,
    long atMs) {
  /** Longest reason, in characters. */
  public static final int REASON_MAX = 2_000;

  /** The one state. */
  public enum State {
    /** Meeting the coordinator. */
    STARTING,
    /** Running units. */
    WORKING,
    /** Units are held still for the computer's sake. */
    RESTING,
    /** Nothing to run. */
    WAITING,
    /** The coordinator does not answer. */
    OFFLINE,
    /** Something is wrong that the owner should know. */
    TROUBLE,
    /** Not running. */
    STOPPED
  }

  /** Shortens what is too long. */
  public Status {
    reason = shortened(reason);
    notice = shortened(notice);
    firstUnit = shortened(firstUnit);
  }

  private static String shortened(String sentence) {
    return sentence.length() > REASON_MAX ? sentence.substring(0, REASON_MAX) : sentence;
  }

  /** Reads the object that {@link #toJson} writes. */
  public static Status parse(JsonFields fields) throws MalformedJson {
    return new Status(
        fields.parsed("state", word -> State.valueOf(word.toUpperCase(Locale.ROOT))),
        fields.freeText("reason", REASON_MAX),
        fields.freeText("notice", REASON_MAX),
        fields.integer("unitsDone", 0, JsonValue.INTEGER_MAX),
        fields.integer("waitingForProof", 0, JsonValue.INTEGER_MAX),
        fields.integer("refused", 0, JsonValue.INTEGER_MAX),
        fields.has("firstUnit") ? fields.freeText("firstUnit", REASON_MAX) : "",
        fields.integer("atMs", 0, JsonValue.INTEGER_MAX));
  }

  /** Whether both say the same, at whatever time. */
  public boolean sameNews(Status other) {
    return equals(
        new Status(
            other.state,
            other.reason,
            other.notice,
            other.unitsDone,
            other.waitingForProof,
            other.refused,
            other.firstUnit,
            atMs));
  }

  /** One object. */
  public JsonValue.Obj toJson() {
    return JsonValue.Obj.of()
        .put("state", state.name().toLowerCase(Locale.ROOT))
        .put("reason", reason)
        .put("notice", notice)
        .put("unitsDone", unitsDone)
        .put("waitingForProof", waitingForProof)
        .put("refused", refused)
        .put("firstUnit", firstUnit)
        .put("atMs", atMs)
        .build();
  }
}
