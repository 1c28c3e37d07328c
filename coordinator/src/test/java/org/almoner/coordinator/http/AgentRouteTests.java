package org.almoner.coordinator.http;

import static org.almoner.coordinator.http.LiveFace.json;
import static org.almoner.coordinator.http.LiveFace.problem;
import static org.almoner.coordinator.http.LiveFace.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import org.almoner.coordinator.desk.LeaseReply;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.coordinator.http.route.AgentRoutes;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.problem.Problem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentRouteTests {
  @TempDir static Path folder;
  private static LiveFace face;

  @BeforeAll
  static void start() throws Exception {
    face = new LiveFace(folder);
  }

  @AfterAll
  static void stop() {
    face.close();
  }

  @ParameterizedTest
  @CsvSource({"enrolments,ENROLMENT,enrol", "links,LINK,link"})
  void anEnvelopeReachesTheDeskAsItCameAndTheProofComesBack(
      String route, Envelope.Kind kind, String verb) throws Exception {
    face.desk.asked.clear();
    Envelope envelope = envelope(kind);

    HttpResponse<byte[]> response = face.post("/api/v1/" + route, envelope.toJson());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(face.desk.asked).containsExactly(new ScriptedDesk.Asked(verb, envelope));
    assertThat(json(response)).isEqualTo(loggedAnswer());
    assertThat(response.body()).isEqualTo(CanonicalJson.encode(loggedAnswer()));
  }

  @Test
  void aLeaseRequestIsAnsweredWithTheSignedGrant() throws Exception {
    Envelope grant = envelope(Envelope.Kind.GRANT);
    var before = face.desk.leasing;
    face.desk.leasing = request -> CompletableFuture.completedFuture(new LeaseReply.Granted(grant));
    try {
      HttpResponse<byte[]> response =
          face.post("/api/v1/leases", envelope(Envelope.Kind.LEASE_REQUEST).toJson());
      assertThat(json(response)).isEqualTo(JsonValue.Obj.of().put("grant", grant.toJson()).build());
    } finally {
      face.desk.leasing = before;
    }
  }

  @Test
  void withoutWorkTheAnswerSaysWhenToComeBack() throws Exception {
    HttpResponse<byte[]> response =
        face.post("/api/v1/leases", envelope(Envelope.Kind.LEASE_REQUEST).toJson());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(text(response))
        .isEqualTo("{\"reason\":\"No project has work for you now.\",\"retryAfterMs\":30000}");
  }

  @Test
  void aRenewalIsAnsweredLeaseByLease() throws Exception {
    HttpResponse<byte[]> response =
        face.post("/api/v1/renewals", envelope(Envelope.Kind.RENEWAL).toJson());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(text(response))
        .isEqualTo(
            "{\"leases\":[{\"batch\":\"00112233445566aa\",\"deadlineMs\":1700003600000,"
                + "\"replica\":1,\"unit\":17},{\"batch\":\"00112233445566aa\","
                + "\"reason\":\"its software was recalled: x\",\"replica\":0,"
                + "\"stop\":\"recalled\",\"unit\":4}],\"nextMs\":141000}");
  }

  @Test
  void aReportBringsItsOutputsAndTheSizeItKnows() throws Exception {
    byte[] output = "almoner-output/1\n".getBytes(StandardCharsets.UTF_8);
    Hash digest = Hash.sha256(output);
    Envelope report = envelope(Envelope.Kind.USAGE_REPORT);

    HttpResponse<byte[]> response =
        face.post("/api/v1/reports", report(report, digest.toHex(), output));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(json(response)).isEqualTo(loggedAnswer());
    assertThat(face.desk.lastOutputs)
        .containsExactly(java.util.Map.entry(digest, Bytes.of(output)));
    assertThat(face.desk.lastKnownSize).isEqualTo(5);
  }

  @Test
  void aReportOfTheLargestPossibleSizePasses() throws Exception {
    JsonValue.Builder outputs = JsonValue.Obj.of();
    for (int i = 0; i < AgentRoutes.INLINE_OUTPUTS_MAX; i++) {
      byte[] output = new byte[AgentRoutes.INLINE_OUTPUT_BYTES_MAX];
      output[0] = (byte) i;
      outputs.put(Hash.sha256(output).toHex(), Base64.getEncoder().encodeToString(output));
    }
    String filler = "x".repeat(Envelope.PAYLOAD_BYTES_MAX - 100);
    Envelope report =
        Envelope.sign(
            Envelope.Kind.USAGE_REPORT,
            JsonValue.Obj.of().put("filler", filler).build(),
            ScriptedDesk.key(9));
    HttpResponse<byte[]> response =
        face.post(
            "/api/v1/reports",
            JsonValue.Obj.of()
                .put("report", report.toJson())
                .put("outputs", outputs.build())
                .put("knownSize", 0)
                .build());
    assertThat(response.statusCode()).as(text(response)).isEqualTo(200);
    assertThat(face.desk.lastOutputs).hasSize(AgentRoutes.INLINE_OUTPUTS_MAX);
  }

  @Test
  void anOutputTooLargeToTravelInsideIsSentToTheBlobs() throws Exception {
    byte[] output = new byte[AgentRoutes.INLINE_OUTPUT_BYTES_MAX + 1];
    HttpResponse<byte[]> response =
        face.post(
            "/api/v1/reports",
            report(envelope(Envelope.Kind.USAGE_REPORT), Hash.sha256(output).toHex(), output));
    assertThat(problem(response).status()).isEqualTo(400);
    assertThat(problem(response).detail())
        .contains("at most 16384 octets, this has 16385; upload it as a blob first");
  }

  @Test
  void anOutputWithoutADigestForANameIsNamed() throws Exception {
    HttpResponse<byte[]> response =
        face.post(
            "/api/v1/reports", report(envelope(Envelope.Kind.USAGE_REPORT), "out", new byte[1]));
    assertThat(problem(response).detail())
        .contains("field \"outputs.out\": outputs are named by their digest");
  }

  @ParameterizedTest
  @ValueSource(strings = {"enrolments", "links", "leases", "renewals", "reports", "batches"})
  void aBodyThatIsNotOursIsRefusedBeforeTheDesk(String route) throws Exception {
    face.desk.asked.clear();
    for (String body :
        new String[] {
          "",
          "nonsense",
          "[]",
          "null",
          "{\"a\":1.5}",
          "{\"a\":1,\"a\":2}",
          "{}",
          "\u00ff",
          "{\"a\":"
        }) {
      HttpResponse<byte[]> response =
          face.post(
              "/api/v1/" + route,
              body.getBytes(StandardCharsets.ISO_8859_1),
              LiveFace.bearer(LiveFace.OPERATOR));
      Problem problem = problem(response);
      assertThat(problem.status()).as(body).isEqualTo(400);
      assertThat(problem.slug()).isEqualTo("malformed-request");
      assertThat(problem.detail()).endsWith("see docs/reference/api.md for what this route takes");
    }
    assertThat(face.desk.asked).isEmpty();
  }

  @Test
  void aDuplicateFieldIsNamed() throws Exception {
    HttpResponse<byte[]> response =
        face.post("/api/v1/leases", "{\"payload\":\"\",\"payload\":\"\"}".getBytes("UTF-8"));
    assertThat(problem(response).detail()).startsWith("field \"payload\" appears twice;");
  }

  @Test
  void anUnknownFieldIsNamed() throws Exception {
    String body =
        new String(
            CanonicalJson.encode(envelope(Envelope.Kind.LEASE_REQUEST).toJson()),
            StandardCharsets.UTF_8);
    HttpResponse<byte[]> response =
        face.post(
            "/api/v1/leases",
            body.replace("{\"payload\"", "{\"hurry\":1,\"payload\"").getBytes("UTF-8"));
    assertThat(problem(response).detail())
        .startsWith("unknown field \"hurry\"; remove it or check its spelling;");
  }

  @Test
  void anEnvelopeOfAnotherKindIsRefused() throws Exception {
    HttpResponse<byte[]> response =
        face.post("/api/v1/leases", envelope(Envelope.Kind.ENROLMENT).toJson());
    assertThat(problem(response).detail())
        .contains(
            "expected application/vnd.almoner.lease-request.v1+json,"
                + " got application/vnd.almoner.enrolment.v1+json");
  }

  @Test
  void whatTheDeskRefusesIsToldAsItSaidIt() throws Exception {
    var before = face.desk.receipts;
    Problem refused = new Problem(409, "seq-used", "Another report has this number", "try again");
    face.desk.receipts = e -> CompletableFuture.failedFuture(new Refusal(refused));
    try {
      HttpResponse<byte[]> late =
          face.post("/api/v1/enrolments", envelope(Envelope.Kind.ENROLMENT).toJson());
      assertThat(problem(late)).isEqualTo(refused);
      assertThat(late.headers().firstValue("Retry-After")).isEmpty();
      face.desk.receipts =
          e -> {
            throw new Refusal(refused);
          };
      HttpResponse<byte[]> atOnce =
          face.post("/api/v1/enrolments", envelope(Envelope.Kind.ENROLMENT).toJson());
      assertThat(problem(atOnce)).isEqualTo(refused);
    } finally {
      face.desk.receipts = before;
    }
  }

  @Test
  void aRefusalThatPassesSaysWhenToComeBack() throws Exception {
    var before = face.desk.leasing;
    face.desk.leasing =
        e -> CompletableFuture.failedFuture(new Refusal(503, "busy", "Busy", "the queue is full"));
    try {
      HttpResponse<byte[]> response =
          face.post("/api/v1/leases", envelope(Envelope.Kind.LEASE_REQUEST).toJson());
      assertThat(problem(response).slug()).isEqualTo("busy");
      assertThat(response.headers().firstValueAsLong("Retry-After").orElse(0))
          .isBetween(1L, (long) Problems.RETRY_AFTER_SECONDS_MAX);
    } finally {
      face.desk.leasing = before;
    }
  }

  private static Envelope envelope(Envelope.Kind kind) {
    return Envelope.sign(
        kind, JsonValue.Obj.of().put("origin", ScriptedDesk.ORIGIN).build(), ScriptedDesk.key(9));
  }

  private static JsonValue.Obj report(Envelope report, String name, byte[] output) {
    return JsonValue.Obj.of()
        .put("report", report.toJson())
        .put(
            "outputs",
            JsonValue.Obj.of().put(name, Base64.getEncoder().encodeToString(output)).build())
        .put("knownSize", 5)
        .build();
  }

  private static JsonValue.Obj loggedAnswer() {
    return JsonValue.Obj.of()
        .put("status", "logged")
        .put("checkpoint", ScriptedDesk.RECEIPTED.checkpoint())
        .put(
            "lines",
            java.util.List.of(
                JsonValue.Obj.of()
                    .put("leaf", 7)
                    .put("salt", ScriptedDesk.SALT.toHex())
                    .put("part", 0)
                    .putTexts("proof", java.util.List.of(ScriptedDesk.NODE.toHex()))
                    .build()))
        .putTexts("consistency", java.util.List.of(ScriptedDesk.NODE.toHex()))
        .build();
  }
}
