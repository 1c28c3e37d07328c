package org.almoner.protocol.enrolment;

import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * An agent says whose computer it is, by a one-time code from that donor's account, or leaves its
 * donor.
 *
 * <p>Linking claims what the agent gave earlier and nobody claimed; leaving works forward.
 *
 * @param action what is asked for
 * @param codeDigest SHA-256 of the code in upper case without dashes; {@link Hash#ZERO} to leave
 */
public record Link(String origin, AgentId agent, Action action, Hash codeDigest) {
  /** What a link record asks for. */
  public enum Action {
    /** From now on, and for what nobody claimed before, this donor. */
    LINK,
    /** From now on, nobody. */
    UNLINK
  }

  /** Reads a link's payload. */
  public static Link parse(JsonFields fields) throws MalformedJson {
    Link link =
        new Link(
            fields.text("origin", 200),
            fields.parsed("agent", AgentId::parseHex),
            fields.parsed("action", Link::action),
            fields.hash("codeDigest"));
    fields.end();
    if ((link.action() == Action.UNLINK) != link.codeDigest().equals(Hash.ZERO)) {
      throw fields.at("codeDigest", "is all zeros to unlink, and the digest of a code to link");
    }
    return link;
  }

  /** The digest of a code as people type it: dashes, spaces and case do not matter. */
  public static Hash digestOf(String code) {
    String plain = code.replaceAll("[\\s-]", "").toUpperCase(java.util.Locale.ROOT);
    return Hash.sha256(plain.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  /** The payload that is signed. */
  public JsonValue.Obj toJson() {
    return JsonValue.Obj.of()
        .put("origin", origin)
        .put("agent", agent.toHex())
        .put("action", action.name().toLowerCase(java.util.Locale.ROOT))
        .put("codeDigest", codeDigest.toHex())
        .build();
  }

  private static Action action(String word) {
    return switch (word) {
      case "link" -> Action.LINK;
      case "unlink" -> Action.UNLINK;
      default -> throw new IllegalArgumentException("expected link or unlink, got " + word);
    };
  }
}
