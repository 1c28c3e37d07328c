package org.almoner.protocol.lease;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * An agent asks for work. The same request again gets the same answer.
 *
 * @param id 16 random octets that name the request
 * @param want leases, 1 to {@link Grant#LEASES_MAX}
 * @param cores processors the agent lends to one unit
 * @param memoryBytes memory it lends to one unit
 * @param diskBytes disk it lends to one unit
 * @param wantSeconds processor time wanted in all, in seconds, at most {@link #SECONDS_MAX}; 0 when
 *     {@code want} alone decides
 * @param meter counting rule the agent has; empty when it does not say
 * @param blobs digests of modules and inputs it has, at most {@link #BLOBS_MAX}, none twice
 * @param engines what can run units there, none twice; empty when the agent does not say, which
 *     means the portable one
 * @param platforms of which it can run native programs, at most {@link #PLATFORMS_MAX}, none twice
 */
public record LeaseRequest(
    String origin,
    AgentId agent,
    Bytes id,
    int want,
    int cores,
    long memoryBytes,
    long diskBytes,
    long wantSeconds,
    String meter,
    List<Hash> blobs,
    List<Engine> engines,
    List<Platform> platforms) {
  /** Octets in a request's name. */
  public static final int ID_SIZE = 16;

  /** Most processor time one request may want: 30 days. */
  public static final long SECONDS_MAX = 30L * 86_400;

  private static final int TEXT_MAX = 2 * Hash.SIZE;

  /** Most blobs a request names. */
  public static final int BLOBS_MAX = 64;

  /** Most platforms a request names. */
  public static final int PLATFORMS_MAX = 4;

  /** Copies the lists. */
  public LeaseRequest {
    blobs = List.copyOf(blobs);
    engines = List.copyOf(engines);
    platforms = List.copyOf(platforms);
  }

  /** A request that does not say what runs units there. */
  public LeaseRequest(
      String origin,
      AgentId agent,
      Bytes id,
      int want,
      int cores,
      long memoryBytes,
      long diskBytes,
      long wantSeconds,
      String meter,
      List<Hash> blobs) {
    this(
        origin,
        agent,
        id,
        want,
        cores,
        memoryBytes,
        diskBytes,
        wantSeconds,
        meter,
        blobs,
        List.of(),
        List.of());
  }

  /** A request that says neither how much work it wants nor what is there already. */
  public LeaseRequest(
      String origin,
      AgentId agent,
      Bytes id,
      int want,
      int cores,
      long memoryBytes,
      long diskBytes) {
    this(origin, agent, id, want, cores, memoryBytes, diskBytes, 0, "", List.of());
  }

  /** Reads a lease request's payload. */
  public static LeaseRequest parse(JsonFields fields) throws MalformedJson {
    LeaseRequest request =
        new LeaseRequest(
            fields.text("origin", 200),
            fields.parsed("agent", AgentId::parseHex),
            fields.hex("id", ID_SIZE),
            fields.smallInteger("want", 1, Grant.LEASES_MAX),
            fields.smallInteger("cores", 1, Allotment.CORES_MAX),
            fields.integer("memoryBytes", 0, JsonValue.INTEGER_MAX),
            fields.integer("diskBytes", 0, JsonValue.INTEGER_MAX),
            fields.has("wantSeconds") ? fields.integer("wantSeconds", 1, SECONDS_MAX) : 0,
            fields.has("meter") ? fields.text("meter", 100) : "",
            named(fields, "blobs", BLOBS_MAX, Hash::parseHex),
            named(fields, "engines", Engine.values().length, Engine::parse),
            named(fields, "platforms", PLATFORMS_MAX, Platform::new));
    fields.end();
    return request;
  }

  private static <T> List<T> named(
      JsonFields fields, String name, int max, Function<String, T> factory) throws MalformedJson {
    if (!fields.has(name)) {
      return List.of();
    }
    Set<T> values = new LinkedHashSet<>();
    for (String text : fields.texts(name, 1, max, TEXT_MAX)) {
      try {
        if (!values.add(factory.apply(text))) {
          throw fields.at(name, text + " stands twice");
        }
      } catch (IllegalArgumentException e) {
        throw fields.at(name, String.valueOf(e.getMessage()));
      }
    }
    return List.copyOf(values);
  }

  /** The payload that is signed. */
  public JsonValue.Obj toJson() {
    JsonValue.Builder out = JsonValue.Obj.of();
    if (wantSeconds > 0) {
      out.put("wantSeconds", wantSeconds);
    }
    if (!meter.isEmpty()) {
      out.put("meter", meter);
    }
    if (!blobs.isEmpty()) {
      out.putTexts("blobs", blobs.stream().map(Hash::toHex).toList());
    }
    if (!engines.isEmpty()) {
      out.putTexts("engines", engines.stream().map(Engine::text).toList());
    }
    if (!platforms.isEmpty()) {
      out.putTexts("platforms", platforms.stream().map(Platform::text).toList());
    }
    return out.put("origin", origin)
        .put("agent", agent.toHex())
        .put("id", id.toHex())
        .put("want", want)
        .put("cores", cores)
        .put("memoryBytes", memoryBytes)
        .put("diskBytes", diskBytes)
        .build();
  }
}
