package org.almoner.coordinator.http;

import static org.almoner.coordinator.http.LiveFace.json;
import static org.almoner.coordinator.http.LiveFace.problem;
import static org.almoner.coordinator.http.LiveFace.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.almoner.coordinator.desk.Receipted;
import org.almoner.ledger.append.Pulse;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.problem.Problem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaceTests {
  @TempDir java.nio.file.Path folder;
  private LiveFace face;

  /** What another room offers. */
  @Path("/tiles")
  public static final class Tiles {
    /** A tile. */
    @GET
    @Path("/{name:.+}")
    public String tile(@PathParam("name") String name) {
      return "tile " + name;
    }

    /** A fault. */
    @GET
    @Path("/broken")
    public String broken() {
      throw new IllegalStateException("secret of the inside");
    }
  }

  @BeforeEach
  void start() throws Exception {
    face = new LiveFace(folder, HttpLimits.standard(), List.of(new Tiles()));
  }

  @AfterEach
  void stop() {
    face.close();
  }

  @Test
  void theOriginSaysWhoThisIs() throws Exception {
    assertThat(json(face.get("/api/v1/origin")))
        .isEqualTo(
            JsonValue.Obj.of()
                .put("origin", ScriptedDesk.ORIGIN)
                .put("logKey", ScriptedDesk.ORIGIN + "+00000000+key")
                .put("coordinatorKey", ScriptedDesk.COORDINATOR_KEY.publicKey().toHex())
                .put("maturitySeconds", 1_209_600)
                .put("openPeriod", false)
                .put("meter", "almoner-meter/1")
                .put("software", "almoner 0.1.0")
                .put("source", "https://source.example/almoner")
                .build());
  }

  @Test
  void otherRoomsOfferTheirOwnPaths() throws Exception {
    assertThat(text(face.get("/tiles/0/x001/067.p/8"))).isEqualTo("tile 0/x001/067.p/8");
  }

  @Test
  void aliveIsNotYetReady() throws Exception {
    assertThat(text(face.get("/livez"))).isEqualTo("alive\n");
    assertThat(text(face.get("/readyz"))).isEqualTo("ready\n");

    face.checkpoint = Optional.empty();
    assertThat(problem(face.get("/readyz")).detail()).isEqualTo("the log has no checkpoint yet");

    face.checkpoint = Optional.of(LiveFace.CHECKPOINT);
    face.desk.pulse = new Pulse(false, 5, Duration.ofSeconds(90), Duration.ofSeconds(63));
    HttpResponse<byte[]> hanging = face.get("/readyz");
    assertThat(hanging.statusCode()).isEqualTo(503);
    assertThat(problem(hanging).detail())
        .isEqualTo(
            "the coordinator has been writing one group of requests for 63 s: its disk may hang");

    face.desk.stopped = Optional.of("the disk is full");
    HttpResponse<byte[]> stopped = face.get("/readyz");
    assertThat(stopped.statusCode()).isEqualTo(503);
    assertThat(problem(stopped).detail())
        .isEqualTo("the coordinator has stopped: the disk is full");
    assertThat(face.get("/livez").statusCode()).isEqualTo(200);
  }

  @Test
  void aPathWithoutARouteIsAProblem() throws Exception {
    for (String path : new String[] {"/nothing", "/api/v1", "/api/v1/lease", "/api/v2/origin"}) {
      assertThat(problem(face.get(path)).slug()).as(path).isEqualTo("not-found");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/api/v1/leases,POST",
    "DELETE,/api/v1/origin,GET",
    "PUT,/,GET",
    "PATCH,/api/v1/batches,GET",
    "POST,/api/v1/operator/donors,GET"
  })
  void aMethodThatIsNotTakenIsAProblemThatNamesThoseThatAre(
      String method, String path, String allowed) throws Exception {
    HttpResponse<byte[]> response =
        face.send(face.request(path).method(method, BodyPublishers.noBody()));
    assertThat(problem(response).slug()).isEqualTo("method-not-allowed");
    assertThat(response.headers().firstValue("Allow").orElse("")).contains(allowed);
  }

  @Test
  void traceIsNotAnswered() throws Exception {
    String answer =
        face.raw("TRACE / HTTP/1.1\r\nHost: a\r\nX: secret\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 405 ").doesNotContain("secret");
  }

  @Test
  void aBodyOfAnotherTypeIsAProblem() throws Exception {
    HttpResponse<byte[]> response =
        face.send(
            face.request("/api/v1/leases", "Content-Type", "text/xml")
                .POST(BodyPublishers.ofString("<a/>")));
    assertThat(problem(response).slug()).isEqualTo("unsupported-media-type");
  }

  @Test
  void aFormThatIsNotOfferedIsAProblem() throws Exception {
    HttpResponse<byte[]> response = face.get("/api/v1/origin", "Accept", "image/png");
    assertThat(problem(response).slug()).isEqualTo("not-acceptable");
  }

  @Test
  void aFaultOfOursShowsANumberAndNothingElse() throws Exception {
    HttpResponse<byte[]> response = face.get("/tiles/broken");
    Problem problem = problem(response);
    assertThat(problem.status()).isEqualTo(500);
    assertThat(problem.detail())
        .matches("the fault is ours; tell the operator incident [0-9a-f]{16} and try again later");
    assertThat(text(response)).doesNotContain("secret").doesNotContain("Exception");
  }

  @Test
  void aFaultBehindTheDeskShowsANumberAndNothingElse() throws Exception {
    face.desk.receipts =
        e -> CompletableFuture.failedFuture(new IllegalStateException("secret of the inside"));
    HttpResponse<byte[]> response =
        face.post("/api/v1/enrolments", envelope(Envelope.Kind.ENROLMENT).toJson());
    assertThat(problem(response).slug()).isEqualTo("incident");
    assertThat(text(response)).doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/9.9\r\nHost: a\r\n\r\n",
        "GET  HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET /a%2fb HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "GET /a|b HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "GET /../etc/passwd HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "GET /?a=<b> HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a b\"c\r\nConnection: close\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a_b\r\nConnection: close\r\n\r\n",
        "GET /api/v1/origin HTTP/1.1\r\nHost: [::\r\nConnection: close\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\nConnection: close\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello",
        "POST /api/v1/leases HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\nConnection: close\r\n\r\n",
        "POST /api/v1/leases HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        "POST /api/v1/leases HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
      })
  void aBrokenRequestIsRefusedAndTheServerShowsNothingOfItself(String request) throws Exception {
    String answer = face.raw(request);
    assertThat(answer).startsWith("HTTP/1.1 ").matches("(?s)HTTP/1\\.1 (400|414|505) .*");
    assertThat(answer)
        .doesNotContainIgnoringCase("grizzly")
        .doesNotContainIgnoringCase("jersey")
        .doesNotContain("Exception")
        .doesNotContain("<html");
    assertThat(face.get("/livez").statusCode()).isEqualTo(200);
  }

  @Test
  void aTargetBeyondTheLimitIsRefused() throws Exception {
    HttpResponse<byte[]> response = face.get("/api/v1/batches?x=" + "y".repeat(2_000));
    assertThat(problem(response).status()).isEqualTo(414);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/style.css",
        "/api/v1/origin",
        "/livez",
        "/nothing",
        "/tiles/a",
        "/api/v1/blobs/x",
        "//"
      })
  void everyAnswerCarriesTheHouseHeadersOnce(String path) throws Exception {
    HttpResponse<byte[]> response = face.get(path);
    for (String name : HouseHeaders.ALWAYS.keySet()) {
      assertThat(response.headers().allValues(name)).as(name).hasSize(1);
    }
    assertThat(response.headers().allValues("Date")).hasSize(1);
    assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
        .isEqualTo(
            path.equals("/")
                ? HouseHeaders.LIVE_POLICY
                : HouseHeaders.ALWAYS.get(HouseHeaders.POLICY))
        .startsWith("default-src 'none'; ")
        .contains("form-action 'none'")
        .doesNotContain("unsafe");
    assertThat(response.headers().map().keySet()).doesNotContain("server", "x-powered-by");
  }

  @Test
  void aWishForAnotherProtocolIsIgnored() throws Exception {
    String body =
        new String(
            CanonicalJson.encode(envelope(Envelope.Kind.LEASE_REQUEST).toJson()),
            StandardCharsets.UTF_8);
    String answer =
        face.raw(
            "POST /api/v1/leases HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAA\r\n"
                + "Content-Length: "
                + body.length()
                + "\r\n\r\n"
                + body
                + "GET /livez HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 200 ").contains("retryAfterMs");
    assertThat(answer).endsWith("alive\n");
  }

  @Test
  void aRequestUnderWayIsAnsweredBeforeTheEnd() throws Exception {
    CompletableFuture<Receipted> logged = new CompletableFuture<>();
    face.desk.receipts = e -> logged;
    CompletableFuture<HttpResponse<byte[]>> answer =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return face.post("/api/v1/enrolments", envelope(Envelope.Kind.ENROLMENT).toJson());
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    while (face.desk.asked.isEmpty()) {
      Thread.onSpinWait();
    }
    CompletableFuture<Void> closing = CompletableFuture.runAsync(face::close);
    logged.complete(ScriptedDesk.RECEIPTED);
    assertThat(answer.join().statusCode()).isEqualTo(200);
    closing.join();
    assertThatThrownBy(() -> face.connect()).isInstanceOf(IOException.class);
  }

  private static Envelope envelope(Envelope.Kind kind) {
    return Envelope.sign(kind, JsonValue.Obj.of().build(), ScriptedDesk.key(2));
  }
}
