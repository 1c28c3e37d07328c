package org.almoner.coordinator.http;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.almoner.coordinator.http.rate.Rates;
import org.almoner.coordinator.http.route.AgentRoutes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/** Bodies with octets changed, dropped or doubled: read, or refused with a sentence; no third. */
class BodyProperties {
  private static final Rates RATES = new Rates(LiveFace.FREE, InstantSource.system());

  private static final byte[] REPORT =
      CanonicalJson.encode(
          JsonValue.Obj.of()
              .put(
                  "report",
                  Envelope.sign(
                          Envelope.Kind.USAGE_REPORT,
                          JsonValue.Obj.of().put("a", 1).build(),
                          ScriptedDesk.key(1))
                      .toJson())
              .put(
                  "outputs",
                  JsonValue.Obj.of()
                      .put(
                          Hash.sha256(new byte[9]).toHex(),
                          Base64.getEncoder().encodeToString(new byte[9]))
                      .build())
              .put("knownSize", 7)
              .build());

  @Property(tries = 3_000)
  void aChangedReportIsReadOrRefused(
      @ForAll Random random, @ForAll @IntRange(min = 1, max = 4) int changes) {
    byte[] body = REPORT.clone();
    for (int i = 0; i < changes; i++) {
      body = change(body, random);
    }
    ScriptedDesk desk = new ScriptedDesk();
    try {
      new AgentRoutes(desk, RATES).report(body).join();
    } catch (MalformedJson refused) {
      if (refused.getMessage() == null || refused.getMessage().isBlank()) {
        throw new AssertionError("refused without a sentence", refused);
      }
      if (!desk.asked.isEmpty()) {
        throw new AssertionError("refused, yet the desk was asked", refused);
      }
    }
  }

  private static byte[] change(byte[] body, Random random) {
    if (body.length < 2) {
      return body;
    }
    int at = random.nextInt(body.length);
    switch (random.nextInt(4)) {
      case 0 -> {
        byte[] changed = body.clone();
        changed[at] = (byte) random.nextInt(256);
        return changed;
      }
      case 1 -> {
        return Arrays.copyOf(body, at);
      }
      case 2 -> {
        byte[] longer = Arrays.copyOf(body, body.length + 1);
        System.arraycopy(body, at, longer, at + 1, body.length - at);
        return longer;
      }
      default -> {
        byte[] shorter = Arrays.copyOf(body, body.length - 1);
        System.arraycopy(body, at + 1, shorter, at, body.length - at - 1);
        return shorter;
      }
    }
  }
}
