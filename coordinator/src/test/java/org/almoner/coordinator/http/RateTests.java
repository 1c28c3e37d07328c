package org.almoner.coordinator.http;

import static org.almoner.coordinator.http.LiveFace.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.almoner.coordinator.http.rate.AddressRange;
import org.almoner.coordinator.http.rate.RateLimits;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.json.JsonValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who asks too often waits, and nobody else does. */
@Timeout(60)
class RateTests {
  private static final int PER_ADDRESS = 60;

  @TempDir Path folder;

  private LiveFace face(int perAddress, int perAccount, String... proxies) throws Exception {
    List<AddressRange> trusted = List.of(proxies).stream().map(AddressRange::parse).toList();
    return new LiveFace(
        folder,
        HttpLimits.standard(),
        new RateLimits(perAddress, perAccount, trusted),
        List.of(),
        InstantSource.fixed(Instant.EPOCH));
  }

  private static HttpResponse<byte[]> untilRefused(LiveFace face, String path, String... headers)
      throws Exception {
    HttpResponse<byte[]> answer = face.get(path, headers);
    for (int i = 0; i < 2 * PER_ADDRESS && answer.statusCode() == 200; i++) {
      answer = face.get(path, headers);
    }
    return answer;
  }

  @Test
  void anAddressThatAsksTooOftenIsToldWhenToComeBack() throws Exception {
    try (LiveFace face = face(PER_ADDRESS, RateLimits.MAX)) {
      HttpResponse<byte[]> refused = untilRefused(face, "/livez");
      assertThat(problem(refused).slug()).isEqualTo("too-many-requests");
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow())
          .isBetween(1L, (long) Problems.TOO_MANY_SECONDS_MAX);
    }
  }

  @Test
  void whoHasATokenThatIsKnownIsCountedApart() throws Exception {
    try (LiveFace face = face(PER_ADDRESS, RateLimits.PER_ACCOUNT)) {
      face.desk.owners.put("known", "Ada");
      assertThat(untilRefused(face, "/api/v1/batches").statusCode()).isEqualTo(429);
      assertThat(face.get("/api/v1/batches", LiveFace.bearer("known")).statusCode()).isEqualTo(200);
      assertThat(face.get("/api/v1/batches", LiveFace.bearer("unknown")).statusCode())
          .isEqualTo(429);
    }
  }

  @Test
  void anAccountThatAsksTooOftenIsRefusedAndAnotherIsNot() throws Exception {
    try (LiveFace face = face(RateLimits.MAX, PER_ADDRESS)) {
      face.desk.owners.put("busy", "Ada");
      face.desk.owners.put("quiet", "Bob");
      assertThat(untilRefused(face, "/api/v1/batches", LiveFace.bearer("busy")).statusCode())
          .isEqualTo(429);
      assertThat(face.get("/api/v1/batches", LiveFace.bearer("quiet")).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void filesThatNeverChangeCountForLittle() throws Exception {
    try (LiveFace face = face(PER_ADDRESS, RateLimits.MAX)) {
      for (int i = 0; i < 5 * PER_ADDRESS; i++) {
        assertThat(face.get("/api/v1/blobs/" + "0".repeat(64)).statusCode()).isEqualTo(404);
      }
    }
  }

  @Test
  void wrongTokensAndNewKeysOfOneAddressHaveALimitOfTheirOwn() throws Exception {
    try (LiveFace face = face(600, RateLimits.MAX)) {
      for (int i = 0; i < 60; i++) {
        assertThat(face.get("/api/v1/me/standing", LiveFace.bearer("guess" + i)).statusCode())
            .isEqualTo(401);
      }
      Envelope key =
          Envelope.sign(Envelope.Kind.ENROLMENT, JsonValue.Obj.of().build(), ScriptedDesk.key(8));
      assertThat(face.post("/api/v1/enrolments", key.toJson()).statusCode()).isEqualTo(429);
      assertThat(face.post("/api/v1/leases", leaseRequest(8).toJson()).statusCode())
          .as("agents that are known already go on")
          .isEqualTo(200);
    }
  }

  @Test
  void anAgentThatAsksTooOftenIsRefusedAndItsNeighbourIsNot() throws Exception {
    try (LiveFace face = face(RateLimits.MAX, 60)) { // One request a minute for each agent.
      assertThat(face.post("/api/v1/leases", leaseRequest(8).toJson()).statusCode()).isEqualTo(200);
      assertThat(face.post("/api/v1/leases", leaseRequest(8).toJson()).statusCode()).isEqualTo(429);
      assertThat(face.post("/api/v1/leases", leaseRequest(9).toJson()).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void whoeverClaimsToBeAnotherAgentUsesUpNothingOfIt() throws Exception {
    try (LiveFace face = face(RateLimits.MAX, 60)) {
      face.desk.leasing =
          request ->
              java.util.concurrent.CompletableFuture.failedFuture(
                  new org.almoner.coordinator.desk.Refusal(
                      401, "bad-signature", "The signature does not verify", "it does not"));
      for (int i = 0; i < 5; i++) {
        assertThat(face.post("/api/v1/leases", leaseRequest(8).toJson()).statusCode())
            .isEqualTo(401);
      }
    }
  }

  @Test
  void aProxyIsBelievedOnlyWhenItIsTrusted() throws Exception {
    try (LiveFace face = face(PER_ADDRESS, RateLimits.MAX)) {
      assertThat(untilRefused(face, "/livez").statusCode()).isEqualTo(429);
      assertThat(face.get("/livez", "X-Forwarded-For", "192.0.2.7").statusCode()).isEqualTo(429);
    }
  }

  @Test
  void ofATrustedProxysListTheLastStrangerCounts() throws Exception {
    try (LiveFace face = face(PER_ADDRESS, RateLimits.MAX, "127.0.0.1", "10.0.0.0/8")) {
      String[] busy = {"X-Forwarded-For", "192.0.2.7, 10.1.2.3"};
      assertThat(untilRefused(face, "/livez", busy).statusCode()).isEqualTo(429);
      assertThat(face.get("/livez", "X-Forwarded-For", "198.51.100.1, 192.0.2.7").statusCode())
          .as("what the client wrote itself changes nothing")
          .isEqualTo(429);
      assertThat(face.get("/livez", "X-Forwarded-For", "192.0.2.8").statusCode()).isEqualTo(200);
      assertThat(face.get("/livez", "X-Forwarded-For", "unknown, ,x").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aLineThatTheProxyAddsBelowTheClientsCounts() throws Exception {
    try (LiveFace face = face(PER_ADDRESS, RateLimits.MAX, "127.0.0.1")) {
      assertThat(untilRefused(face, "/livez", "X-Forwarded-For", "192.0.2.7").statusCode())
          .isEqualTo(429);
      assertThat(
              face.get("/livez", "X-Forwarded-For", "198.51.100.1", "X-Forwarded-For", "192.0.2.7")
                  .statusCode())
          .as("the line that the client wrote changes nothing")
          .isEqualTo(429);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/batches;x",
        "/api/v1;x/batches",
        "/api/v1/batches/",
        "/api/v1//batches",
        "/api/v1/./batches",
        "/me;x",
        "/me/",
        "//me",
        "/./me",
        "/;x"
      })
  void aPathWrittenAnotherWayPassesNoLimitButIsRefused(String path) throws Exception {
    try (LiveFace face = face(RateLimits.MAX, RateLimits.MAX)) {
      String answer = face.raw("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      assertThat(answer).startsWith("HTTP/1.1 400 ").contains("a path here starts with '/'");
    }
  }

  @Test
  void aSemicolonInAQueryIsTaken() throws Exception {
    try (LiveFace face = face(RateLimits.MAX, RateLimits.MAX)) {
      assertThat(face.get("/livez?a;b").statusCode()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/owners/tokens", "/api/v1/releases/RELEASE/recall"})
  void whatAnOwnerSignsCountsAsCostly(String route) throws Exception {
    try (LiveFace face = face(600, RateLimits.MAX)) {
      String path = route.replace("RELEASE", "0".repeat(64));
      for (int i = 0; i < 60; i++) {
        assertThat(face.post(path, new byte[0]).statusCode()).isEqualTo(400);
      }
      assertThat(face.post(path, new byte[0]).statusCode()).isEqualTo(429);
      assertThat(face.get("/livez").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aBodyThatWouldHaveToBeUnpackedIsRefused() throws Exception {
    try (LiveFace face = face(RateLimits.MAX, RateLimits.MAX)) {
      HttpResponse<byte[]> packed =
          face.post("/api/v1/leases", new byte[] {0x1f, (byte) 0x8b}, "Content-Encoding", "gzip");
      assertThat(problem(packed).slug()).isEqualTo("unsupported-media-type");
      assertThat(problem(packed).detail()).contains("Content-Encoding: gzip");
      face.desk.owners.put("t", "Ada");
      HttpResponse<byte[]> blob =
          face.put(
              "/api/v1/blobs/" + "0".repeat(64),
              new byte[] {1},
              "Content-Encoding",
              "br",
              "Authorization",
              "Bearer t");
      assertThat(blob.statusCode()).isEqualTo(415);
    }
  }

  private static Envelope leaseRequest(int key) {
    return Envelope.sign(
        Envelope.Kind.LEASE_REQUEST, JsonValue.Obj.of().build(), ScriptedDesk.key(key));
  }
}
