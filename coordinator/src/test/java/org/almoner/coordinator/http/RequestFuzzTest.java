package org.almoner.coordinator.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.coordinator.http.rate.AddressRange;
import org.almoner.coordinator.http.rate.Rates;
import org.almoner.coordinator.http.route.AgentRoutes;
import org.almoner.coordinator.http.route.OperatorRoutes;
import org.almoner.coordinator.http.route.OwnerRoutes;
import org.almoner.coordinator.http.route.Tokens;
import org.almoner.coordinator.http.tls.TlsFuzz;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonParser;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every parser of requests against octets that come from anywhere: read, or refused in one sentence
 * by the exception it declares. {@code JAZZER_FUZZ=1} fuzzes for real, as for the log's parsers.
 */
class RequestFuzzTest {
  private static final String LONG = "25s";
  private static final String OPERATOR = "Bearer " + LiveFace.OPERATOR;
  private static final int SENTENCE_MAX = 4_000;

  private static Stream<Arguments> seeds(Object... seeds) {
    return Stream.of(seeds)
        .map(
            seed ->
                seed instanceof byte[] octets
                    ? octets
                    : seed instanceof JsonValue json
                        ? CanonicalJson.encode(json)
                        : seed.toString().getBytes(StandardCharsets.UTF_8))
        .map(octets -> Arguments.of((Object) octets));
  }

  private static Envelope envelope(Envelope.Kind kind) {
    return Envelope.sign(
        kind, JsonValue.Obj.of().put("origin", ScriptedDesk.ORIGIN).build(), ScriptedDesk.key(8));
  }

  /** Takes a body. */
  private interface Route {
    Object take(ScriptedDesk desk, byte[] body) throws MalformedJson;
  }

  private static void holds(Route route, byte[] body) {
    try {
      route.take(new ScriptedDesk(), body);
    } catch (MalformedJson | Refusal | CompletionException refused) {
      assertThat(refused.getMessage()).isNotBlank().hasSizeLessThan(SENTENCE_MAX);
    }
  }

  static Stream<Arguments> jsonSeeds() {
    return seeds("{\"a\":[1,-2,true,\"\\u00e9\\n\"]}", "[[[[]]]]", "{\"a\":1,\"a\":2}", "null");
  }

  @MethodSource("jsonSeeds")
  @FuzzTest(maxDuration = LONG)
  void json(byte[] octets) throws MalformedJson {
    JsonValue value;
    try {
      value = JsonParser.parse(octets);
    } catch (MalformedJson refused) {
      assertThat(refused).message().isNotBlank();
      return;
    }
    byte[] canonical = CanonicalJson.encode(value);
    assertThat(JsonParser.parse(canonical)).isEqualTo(value);
  }

  static Stream<Arguments> envelopeSeeds() {
    return Stream.of(Envelope.Kind.values()).flatMap(kind -> seeds(envelope(kind).toJson()));
  }

  @MethodSource("envelopeSeeds")
  @FuzzTest(maxDuration = LONG)
  void envelopes(byte[] octets) {
    for (Envelope.Kind kind : Envelope.Kind.values()) {
      try {
        Envelope read = Envelope.parse(kind, JsonFields.of(JsonParser.parseObject(octets)));
        assertThat(Envelope.parse(kind, JsonFields.of(read.toJson()))).isEqualTo(read);
      } catch (MalformedJson refused) {
        assertThat(refused).message().isNotBlank();
      }
    }
  }

  static Stream<Arguments> reportSeeds() {
    JsonValue.Obj outputs = JsonValue.Obj.of().put("0".repeat(64), "AAAA").build();
    return seeds(
        JsonValue.Obj.of()
            .put("report", envelope(Envelope.Kind.USAGE_REPORT).toJson())
            .put("outputs", outputs)
            .put("knownSize", 8)
            .build());
  }

  @MethodSource("reportSeeds")
  @FuzzTest(maxDuration = LONG)
  void reports(byte[] body) {
    Rates rates = new Rates(LiveFace.FREE, InstantSource.system());
    holds((desk, octets) -> new AgentRoutes(desk, rates).report(octets).join(), body);
  }

  static Stream<Arguments> submissionSeeds() {
    return seeds(
        JsonValue.Obj.of()
            .put("batch", envelope(Envelope.Kind.BATCH).toJson())
            .put("release", envelope(Envelope.Kind.RELEASE).toJson())
            .build());
  }

  @MethodSource("submissionSeeds")
  @FuzzTest(maxDuration = LONG)
  void submissions(byte[] body) {
    holds((desk, octets) -> new OwnerRoutes(desk, tokens(desk)).submit(OPERATOR, octets), body);
  }

  static Stream<Arguments> operatorSeeds() {
    return seeds(
        "{}",
        "{\"name\":\"Ada\",\"key\":\"" + ScriptedDesk.key(8).publicKey().toHex() + "\"}",
        "{\"name\":\"Eve\",\"days\":30,\"leaves\":10000}",
        "{\"enrolment\":17,\"reason\":\"stolen\"}");
  }

  @MethodSource("operatorSeeds")
  @FuzzTest(maxDuration = LONG)
  void operators(byte[] body) {
    holds((desk, octets) -> routes(desk).approveOwner(OPERATOR, octets), body);
    holds((desk, octets) -> routes(desk).appointAuditor(OPERATOR, octets), body);
    holds((desk, octets) -> routes(desk).dismissAuditor(OPERATOR, octets), body);
    holds((desk, octets) -> routes(desk).revoke(OPERATOR, octets), body);
    holds((desk, octets) -> routes(desk).settle(OPERATOR, octets), body);
  }

  private static OperatorRoutes routes(ScriptedDesk desk) {
    return new OperatorRoutes(desk, tokens(desk));
  }

  private static Tokens tokens(ScriptedDesk desk) {
    return new Tokens(desk, Hash.sha256(LiveFace.OPERATOR.getBytes(StandardCharsets.UTF_8)));
  }

  static Stream<Arguments> headerSeeds() {
    byte[] upload = CanonicalJson.encode(envelope(Envelope.Kind.UPLOAD).toJson());
    return seeds(
        "Bearer token",
        "bytes=0-1",
        "bytes=-5",
        "bytes=9-",
        "a=b; almoner-me=c",
        "192.0.2.1",
        "2001:db8::/32",
        Base64.getEncoder().encode(upload));
  }

  /** A header is text of one octet a character, without line ends. */
  @MethodSource("headerSeeds")
  @FuzzTest(maxDuration = LONG)
  void headers(byte[] octets) {
    String header = new String(octets, StandardCharsets.ISO_8859_1);
    assertThat(tokens(new ScriptedDesk()).account(header)).isEqualTo(Optional.empty());
    assertThat(SessionCookie.read(header).orElse("")).doesNotContain(";");
    try {
      ByteRange.parse(header, 10).ifPresent(range -> assertThat(range.length()).isBetween(1L, 10L));
    } catch (ByteRange.Unsatisfiable beyond) {
      assertThat(header).startsWith("bytes=");
    }
    AddressRange.literal(header).ifPresent(address -> assertThat(header).containsPattern("[.:]"));
    try {
      assertThat(AddressRange.parse(header).contains(AddressRange.parse(header).address()))
          .isTrue();
    } catch (IllegalArgumentException refused) {
      assertThat(refused).message().contains("expected an address");
    }
  }

  static Stream<Arguments> pemSeeds() throws IOException {
    return Stream.of("ec.crt", "ec.key", "ec-old.key", "rsa-old.key", "encrypted-old.key")
        .flatMap(name -> seeds(TlsFuzz.resource(name)));
  }

  @MethodSource("pemSeeds")
  @FuzzTest(maxDuration = LONG)
  void pem(byte[] octets) {
    TlsFuzz.read(octets);
  }
}
