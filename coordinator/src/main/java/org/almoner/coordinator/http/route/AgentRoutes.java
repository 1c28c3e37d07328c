package org.almoner.coordinator.http.route;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.almoner.coordinator.desk.Desk;
import org.almoner.coordinator.http.rate.Rates;
import org.almoner.coordinator.journal.KnownKeys;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.lease.Grant;
import org.almoner.protocol.lease.RenewalAnswer;

/** What agents ask. */
public final class AgentRoutes {
  /** Largest output bundle that travels inside a report, in octets. */
  public static final int INLINE_OUTPUT_BYTES_MAX = 16 * 1024;

  /** Most output bundles inside one report: one for each of its lines. */
  public static final int INLINE_OUTPUTS_MAX = Grant.LEASES_MAX;

  private final Desk desk;
  private final KnownKeys agents = new KnownKeys();
  private final Rates rates;

  /** Speaks for agents to {@code desk}, as often as {@code rates} allow each. */
  public AgentRoutes(Desk desk, Rates rates) {
    this.desk = desk;
    this.rates = rates;
  }

  /** Takes an enrolment envelope. */
  public CompletableFuture<JsonValue> enrol(byte[] body) throws MalformedJson {
    return desk.enrol(Body.envelope(Envelope.Kind.ENROLMENT, body)).thenApply(Replies::receipted);
  }

  /** Takes a link envelope. */
  public CompletableFuture<JsonValue> link(byte[] body) throws MalformedJson {
    return desk.link(Body.envelope(Envelope.Kind.LINK, body)).thenApply(Replies::receipted);
  }

  /** Takes a lease request envelope. */
  public CompletableFuture<JsonValue> lease(byte[] body) throws MalformedJson {
    Envelope request = Body.envelope(Envelope.Kind.LEASE_REQUEST, body, agents);
    return counted(request, () -> desk.lease(request)).thenApply(Replies::lease);
  }

  /** Takes a renewal envelope. */
  public CompletableFuture<JsonValue> renew(byte[] body) throws MalformedJson {
    Envelope renewal = Body.envelope(Envelope.Kind.RENEWAL, body);
    return counted(renewal, () -> desk.renew(renewal)).thenApply(RenewalAnswer::toJson);
  }

  /** Takes a usage report with the small outputs of its units. */
  public CompletableFuture<JsonValue> report(byte[] body) throws MalformedJson {
    JsonFields fields = Body.fields(body);
    Envelope report =
        Envelope.parse(Envelope.Kind.USAGE_REPORT, fields.object(Field.REPORT), agents::parseHex);
    Map<Hash, Bytes> outputs = outputs(fields.object(Field.OUTPUTS));
    long knownSize = fields.integer(Field.KNOWN_SIZE, 0, JsonValue.INTEGER_MAX);
    fields.end();
    return counted(report, () -> desk.report(report, outputs, knownSize))
        .thenApply(Replies::receipted);
  }

  /** What is refused at once was not shown to be the agent's, or costs little. */
  private <T> CompletableFuture<T> counted(Envelope record, Supplier<CompletableFuture<T>> asking) {
    Hash agent = AgentId.of(record.signer()).digest();
    rates.requireRoom(agent);
    CompletableFuture<T> answer = asking.get();
    if (!answer.isCompletedExceptionally()) {
      rates.signed(agent);
    }
    return answer;
  }

  private static Map<Hash, Bytes> outputs(JsonFields fields) throws MalformedJson {
    if (fields.names().size() > INLINE_OUTPUTS_MAX) {
      throw new MalformedJson(
          "field \"outputs\": expected at most "
              + INLINE_OUTPUTS_MAX
              + " outputs, got "
              + fields.names().size());
    }
    Map<Hash, Bytes> outputs = new HashMap<>();
    for (String name : fields.names()) {
      Bytes octets = fields.parsed(name, Bytes::parseBase64);
      if (octets.size() > INLINE_OUTPUT_BYTES_MAX) {
        throw fields.at(
            name,
            "an output inside a report has at most "
                + INLINE_OUTPUT_BYTES_MAX
                + " octets, this has "
                + octets.size()
                + "; upload it as a blob first");
      }
      outputs.put(digest(fields, name), octets);
    }
    return outputs;
  }

  private static Hash digest(JsonFields fields, String name) throws MalformedJson {
    try {
      return Hash.parseHex(name);
    } catch (IllegalArgumentException e) {
      throw fields.at(name, "outputs are named by their digest: " + e.getMessage());
    }
  }
}
