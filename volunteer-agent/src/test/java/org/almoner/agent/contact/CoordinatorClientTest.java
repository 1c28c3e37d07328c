package org.almoner.agent.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.almoner.agent.origin.CoordinatorAddress;
import org.almoner.agent.origin.Pinned;
import org.almoner.agent.world.Identities;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.lease.BlobRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoordinatorClientTest {
  private static final String PROBLEM =
      "{\"status\":%d,\"type\":\"docs/reference/problems.md#some-rule\",\"title\":\"Some rule\","
          + "\"detail\":\"what came, what was expected\"}";
  private static final String ORIGIN =
      "{\"origin\":\"log.example.org\",\"logKey\":\"log.example.org+1+x\",\"coordinatorKey\":\""
          + Identities.key("c").publicKey().toHex()
          + "\",\"newerField\":1}";

  @TempDir Path home;
  private final List<Duration> slept = new ArrayList<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch released = new CountDownLatch(1);
  private HttpServer server;
  private volatile HttpHandler handler;
  private CoordinatorClient client;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          try (exchange) {
            handler.handle(exchange);
          }
        });
    server.start();
    client = client(Duration.ofSeconds(20));
  }

  @AfterEach
  void close() {
    released.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void anIntroductionIsReadAndNewerFieldsArePassedOver() throws Exception {
    handler = e -> answer(e, 200, "application/json", ORIGIN);
    assertThat(client.origin())
        .isEqualTo(
            new Answer.Given<>(
                new Pinned(
                    "log.example.org", "log.example.org+1+x", Identities.key("c").publicKey())));
  }

  @Test
  void aNoIsARefusalOnlyWhenItIsAProblem() throws Exception {
    handler = e -> answer(e, 409, "application/problem+json", String.format(PROBLEM, 409));
    Answer<Pinned> no = client.origin();
    assertThat(no).isInstanceOf(Answer.Refused.class);
    assertThat(((Answer.Refused<Pinned>) no).problem().slug()).isEqualTo("some-rule");
    assertThat(asked).hasValue(1);

    for (int status : new int[] {302, 403, 404, 500}) {
      handler =
          e -> {
            e.getResponseHeaders().add("Location", "/elsewhere");
            answer(e, status, "text/html", "<h1>Please pay for the hotel's network</h1>");
          };
      assertThat(unavailable(client.origin())).contains("answered with status " + status);
    }
    handler = e -> answer(e, 407, "text/html", "<h1>Who are you?</h1>");
    assertThat(unavailable(client.origin())).contains("wants a name and password");
    handler = e -> answer(e, 400, "application/problem+json", "{\"status\":400}");
    assertThat(unavailable(client.origin())).contains("damaged reason");
    handler = e -> answer(e, 200, "text/html", "<h1>Welcome</h1>");
    assertThat(unavailable(client.origin())).contains("not a coordinator's");
    handler = e -> answer(e, 202, "application/json", "{}");
    assertThat(unavailable(client.origin())).contains("not in the log yet");
  }

  @Test
  void aBusyCoordinatorIsAskedAgainAfterTheTimeItNames() throws Exception {
    handler =
        e -> {
          e.getResponseHeaders().add("Retry-After", "7");
          int status = asked.get() == 1 ? 503 : 429;
          if (asked.get() < 3) {
            answer(e, status, "application/problem+json", String.format(PROBLEM, status));
          } else {
            answer(e, 200, "application/json", ORIGIN);
          }
        };
    assertThat(client.origin()).isInstanceOf(Answer.Given.class);
    assertThat(asked).hasValue(3);
    assertThat(slept)
        .hasSize(2)
        .allSatisfy(
            wait -> assertThat(wait).isBetween(Duration.ofSeconds(7), Duration.ofSeconds(9)));
  }

  @Test
  void aLongWaitIsLeftToTheCaller() throws Exception {
    handler =
        e -> {
          e.getResponseHeaders().add("Retry-After", "3600");
          answer(e, 503, "application/problem+json", String.format(PROBLEM, 503));
        };
    Answer<Pinned> answer = client.origin();
    assertThat(answer).isInstanceOf(Answer.Unavailable.class);
    assertThat(((Answer.Unavailable<Pinned>) answer).retryAfter()).isEqualTo(Duration.ofHours(1));
    assertThat(unavailable(answer)).isEqualTo("what came, what was expected");
    assertThat(asked).hasValue(1);
    assertThat(slept).isEmpty();
  }

  @Test
  void aDeadCoordinatorIsTriedAFewTimes() throws Exception {
    server.stop(0);
    assertThat(unavailable(client.origin())).startsWith("no answer from http://127.0.0.1:");
    assertThat(slept).hasSize(CoordinatorClient.ATTEMPTS - 1);
  }

  @Test
  void anAnswerThatNeverEndsIsCutOff() throws Exception {
    handler =
        e -> {
          e.getResponseHeaders().add("Content-Type", "application/json");
          e.sendResponseHeaders(200, 0);
          byte[] spaces = new byte[65_536];
          java.util.Arrays.fill(spaces, (byte) ' ');
          while (true) {
            e.getResponseBody().write(spaces);
          }
        };
    assertThat(unavailable(client.origin()))
        .contains("longer than " + CoordinatorClient.ANSWER_OCTETS_MAX + " octets");
    handler =
        e -> {
          e.sendResponseHeaders(404, 0);
          while (true) {
            e.getResponseBody().write(new byte[65_536]);
          }
        };
    assertThat(unavailable(client.origin()))
        .contains("longer than " + Exchange.PROBLEM_OCTETS_MAX + " octets");
  }

  @Test
  void silenceIsBrokenOff() throws Exception {
    handler =
        e -> {
          try {
            released.await();
          } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
          }
        };
    assertThat(unavailable(client(Duration.ofMillis(50)).origin())).contains("no answer within");
  }

  @Test
  void aBodyThatDripsIsBrokenOffInTheEnd() throws Exception {
    handler =
        e -> {
          e.sendResponseHeaders(200, 0);
          try {
            while (!released.await(20, TimeUnit.MILLISECONDS)) {
              e.getResponseBody().write(' ');
              e.getResponseBody().flush();
            }
          } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
          }
        };
    assertThat(unavailable(client(Duration.ofMillis(60)).origin())).contains("no answer within");
  }

  @Test
  void aBlobIsBelievedOnlyWhenItsDigestAndSizeAreRight() throws Exception {
    byte[] octets = new byte[3_000_000];
    new Random(1).nextBytes(octets);
    BlobRef ref = new BlobRef("a", Hash.sha256(octets), octets.length);
    handler = e -> answer(e, 200, "application/octet-stream", octets);
    Path file = home.resolve("blob");
    assertThat(client.download(ref, file)).isEqualTo(new Answer.Given<>(file));
    assertThat(Files.readAllBytes(file)).isEqualTo(octets);

    handler = e -> answer(e, 200, "application/octet-stream", new byte[octets.length]);
    assertThat(unavailable(client.download(ref, file))).contains("of digest " + ref.digest());
    handler = e -> answer(e, 200, "application/octet-stream", new byte[octets.length - 1]);
    assertThat(unavailable(client.download(ref, file))).contains("got 2999999 of");
    handler = e -> answer(e, 200, "application/octet-stream", new byte[octets.length + 1]);
    assertThat(unavailable(client.download(ref, file))).contains("longer than 3000000 octets");
    handler = e -> answer(e, 404, "application/problem+json", String.format(PROBLEM, 404));
    assertThat(client.download(ref, file)).isInstanceOf(Answer.Refused.class);
  }

  @Test
  void anUploadCarriesItsSignedAnnouncement() throws Exception {
    byte[] octets = new byte[500_000];
    new Random(2).nextBytes(octets);
    Path file = Files.write(home.resolve("out"), octets);
    List<String> seen = new ArrayList<>();
    handler =
        e -> {
          byte[] body = e.getRequestBody().readAllBytes();
          seen.add(e.getRequestMethod() + " " + e.getRequestURI());
          seen.add(e.getRequestHeaders().getFirst("Almoner-Upload"));
          seen.add(Hash.sha256(body).toHex());
          answer(e, 201, "application/json", "{}");
        };
    Hash digest = Hash.sha256(octets);
    Envelope announcement = envelope(Envelope.Kind.UPLOAD);
    assertThat(client.upload(announcement, digest, file)).isEqualTo(new Answer.Given<>(digest));
    assertThat(seen.get(0)).isEqualTo("PUT /api/v1/blobs/" + digest);
    assertThat(new String(java.util.Base64.getDecoder().decode(seen.get(1))))
        .contains("\"payloadType\":\"application/vnd.almoner.upload.v1+json\"");
    assertThat(seen.get(2)).isEqualTo(digest.toHex());
  }

  @Test
  void aLeaseAnswerIsAGrantOrAReason() throws Exception {
    handler =
        e -> answer(e, 200, "application/json", "{\"retryAfterMs\":1500,\"reason\":\"no work\"}");
    assertThat(client.lease(envelope(Envelope.Kind.LEASE_REQUEST)))
        .isEqualTo(new Answer.Given<>(new LeaseAnswer.NoWork(Duration.ofMillis(1500), "no work")));
    handler = e -> answer(e, 200, "application/json", "{\"retryAfterMs\":-1,\"reason\":\"x\"}");
    assertThat(unavailable(client.lease(envelope(Envelope.Kind.LEASE_REQUEST))))
        .contains("retryAfterMs");
  }

  @Test
  void anInterruptEndsTheWaiting() throws Exception {
    handler =
        e -> {
          try {
            released.await();
          } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
          }
        };
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> client.report(envelope(Envelope.Kind.USAGE_REPORT), Map.of(), 0))
        .isInstanceOf(InterruptedException.class);
  }

  private CoordinatorClient client(Duration stall) {
    return new CoordinatorClient(
        CoordinatorAddress.parse("http://127.0.0.1:" + server.getAddress().getPort()),
        CoordinatorClient.transport().build(),
        stall,
        new Backoff(new Random(3)),
        slept::add);
  }

  private static Envelope envelope(Envelope.Kind kind) {
    return Envelope.sign(kind, JsonValue.Obj.of().put("a", 1).build(), Identities.key("agent"));
  }

  private static String unavailable(Answer<?> answer) {
    assertThat(answer).isInstanceOf(Answer.Unavailable.class);
    return ((Answer.Unavailable<?>) answer).sentence();
  }

  private static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    answer(exchange, status, type, Bytes.utf8(body).toArray());
  }

  private static void answer(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().add("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
