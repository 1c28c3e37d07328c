package org.almoner.protocol.lease;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * An agent says which leases it has in hand and how far they have come.
 *
 * @param leases 1 to {@link #LEASES_MAX}, none twice
 */
public record Renewal(String origin, AgentId agent, List<Held> leases) {
  /** Most leases in one renewal; who has more in hand says them in several. */
  public static final int LEASES_MAX = 64;

  /** Share of a unit that is all of it. */
  public static final int PERMILLE_MAX = 1_000;

  /** Copies the list. */
  public Renewal {
    leases = List.copyOf(leases);
  }

  /**
   * One lease in hand.
   *
   * @param permille how far it has come, 0 to {@link #PERMILLE_MAX}
   * @param cpuMs processor time it has taken so far
   */
  public record Held(LeaseId lease, int permille, long cpuMs) {
    static Held parse(JsonFields fields) throws MalformedJson {
      Held held =
          new Held(
              LeaseId.parse(fields),
              fields.smallInteger("permille", 0, PERMILLE_MAX),
              fields.integer("cpuMs", 0, JsonValue.INTEGER_MAX));
      fields.end();
      return held;
    }

    JsonValue.Obj toJson() {
      return lease
          .writeTo(JsonValue.Obj.of())
          .put("permille", permille)
          .put("cpuMs", cpuMs)
          .build();
    }
  }

  /** Reads a renewal's payload. */
  public static Renewal parse(JsonFields fields) throws MalformedJson {
    List<Held> leases = new ArrayList<>();
    Set<LeaseId> ids = new HashSet<>();
    for (JsonFields item : fields.objects("leases", 1, LEASES_MAX)) {
      Held held = Held.parse(item);
      leases.add(held);
      if (!ids.add(held.lease())) {
        throw new MalformedJson("lease " + held.lease() + " appears twice");
      }
    }
    Renewal renewal =
        new Renewal(fields.text("origin", 200), fields.parsed("agent", AgentId::parseHex), leases);
    fields.end();
    return renewal;
  }

  /** The payload that is signed. */
  public JsonValue.Obj toJson() {
    return JsonValue.Obj.of()
        .put("origin", origin)
        .put("agent", agent.toHex())
        .put("leases", leases.stream().map(Held::toJson).toList())
        .build();
  }
}
