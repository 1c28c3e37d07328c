package org.almoner.coordinator.http;

import static org.almoner.coordinator.http.LiveFace.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.almoner.coordinator.desk.LeaseReply;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.lease.Upload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the HTTP face refuses because it is too much, too slow or too long.
 *
 * <p>Longer than most: one claim for each limit, over real connections.
 */
@Timeout(60)
class LimitTests {
  private static final String[] OPERATOR = LiveFace.bearer(LiveFace.OPERATOR);
  private static final Hash BLOB = Hash.sha256(new byte[] {1});

  @TempDir Path folder;
  private LiveFace face;

  @BeforeEach
  void start() throws Exception {
    face = new LiveFace(folder, LiveFace.hasty(), List.of());
  }

  @AfterEach
  void stop() {
    face.close();
  }

  @ParameterizedTest
  @CsvSource({"leases,16384", "links,16384", "enrolments,16384", "batches,1048576"})
  void oneOctetTooManyIsRefusedWithTheLimitNamed(String route, int max) throws Exception {
    HttpResponse<byte[]> within = face.post("/api/v1/" + route, new byte[max], OPERATOR);
    assertThat(problem(within).slug()).isEqualTo("malformed-request");
    HttpResponse<byte[]> beyond = face.post("/api/v1/" + route, new byte[max + 1], OPERATOR);
    assertThat(problem(beyond).slug()).isEqualTo("too-large");
    assertThat(problem(beyond).detail()).contains("has at most " + max + " octets");
    assertThat(beyond.headers().firstValue("Connection")).hasValue("close");
  }

  @Test
  void aLengthBeyondTheLimitIsRefusedBeforeAnyOctet() throws Exception {
    String answer =
        face.raw(
            "POST /api/v1/reports HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                + "Content-Length: 99999999999\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 413 ").contains("has at most 2097152 octets");
  }

  @Test
  void octetsAreCountedWhereNoLengthIsDeclared() throws Exception {
    String chunk = "4000\r\n" + "x".repeat(0x4000) + "\r\n";
    String answer =
        face.raw(
            "POST /api/v1/leases HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n"
                + chunk
                + "1\r\nx\r\n0\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 413 ").contains("has at most 16384 octets");
  }

  @Test
  void aChunkedBodyWithinTheLimitIsRead() throws Exception {
    String body = new String(CanonicalJson.encode(request().toJson()), StandardCharsets.UTF_8);
    String answer =
        face.raw(
            "POST /api/v1/leases HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n1\r\n"
                + body.charAt(0)
                + "\r\n"
                + Integer.toHexString(body.length() - 1)
                + "\r\n"
                + body.substring(1)
                + "\r\n0\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 200 ").contains("retryAfterMs");
  }

  @Test
  void aBodyWithTwoLengthsIsRefused() throws Exception {
    String answer =
        face.raw(
            "POST /api/v1/leases HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 400 ");
    assertThat(face.desk.asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gzip, chunked",
        "chunked, gzip",
        "chunked, chunked",
        "chunkedX",
        "xchunked",
        "identity",
        "chunked;q=1",
        "chunked\r\nTransfer-Encoding: chunked",
        "identity\r\nTransfer-Encoding: chunked"
      })
  void aBodyInAnotherTransferEncodingThanChunkedIsRefusedAndTheConnectionEnds(String coding)
      throws Exception {
    String answer =
        face.raw(
            "POST /api/v1/leases HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: "
                + coding
                + "\r\n\r\n0\r\n\r\nGET /livez HTTP/1.1\r\nHost: a\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 400 ").doesNotContain("HTTP/1.1 200");
    assertThat(answer).contains("the only Transfer-Encoding taken is chunked");
    assertThat(face.desk.asked).isEmpty();
  }

  @Test
  void aBodyThatComesTooSlowlyIsGivenUp() throws Exception {
    try (Socket socket = face.connect()) {
      LiveFace.write(
          socket,
          "POST /api/v1/leases HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
              + "Content-Length: 100\r\n\r\n{");
      String answer = trickle(socket, " ");
      assertThat(answer)
          .startsWith("HTTP/1.1 408 ")
          .contains("application/problem+json")
          .contains("must arrive whole within 600 ms");
    }
  }

  @Test
  void headersThatComeTooSlowlyAreGivenUp() throws Exception {
    try (Socket socket = face.connect()) {
      LiveFace.write(socket, "GET / HTTP/1.1\r\nHost: a\r\n");
      assertThat(trickle(socket, "X: y\r\n")).isEmpty();
    }
  }

  @Test
  void aBlobThatComesTooSlowlyIsGivenUpAndItsPlaceIsFree() throws Exception {
    face.desk.owners.put("t", "Ada");
    Envelope announcement = upload();
    try (Socket socket = face.connect()) {
      LiveFace.write(
          socket,
          "PUT /api/v1/blobs/"
              + BLOB
              + " HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\nAlmoner-Upload: "
              + Base64.getEncoder().encodeToString(CanonicalJson.encode(announcement.toJson()))
              + "\r\n\r\n");
      assertThat(trickle(socket, "x")).isEmpty();
    }
    HttpResponse<byte[]> again =
        face.put("/api/v1/blobs/" + BLOB, new byte[] {1}, LiveFace.bearer("t"));
    assertThat(again.statusCode()).isEqualTo(201);
  }

  @Test
  void aReaderWhoTakesTooLongIsGivenUp() throws Exception {
    assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "tool missing: /proc");
    byte[] large = new byte[64 << 20];
    Hash digest = Hash.sha256(large);
    face.inputs.put(digest, new ByteArrayInputStream(large), large.length);
    try (Socket socket = face.connect()) {
      LiveFace.write(socket, "GET /api/v1/blobs/" + digest + " HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(socket.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 200");
      Path file = folder.resolve("inputs/" + digest.toHex().substring(0, 2));
      while (!openFilesBelow(file).isEmpty()) {
        Thread.sleep(20);
      }
      assertThat(readUntilCutOff(socket)).isLessThan(large.length);
    }
    assertThat(face.get("/livez").statusCode()).isEqualTo(200);
  }

  @Test
  void aConnectionThatRestsTooLongIsEnded() throws Exception {
    try (Socket silent = face.connect();
        Socket served = face.connect()) {
      LiveFace.write(served, "GET /livez HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(LiveFace.readAll(served)).endsWith("alive\n");
      assertThat(LiveFace.readAll(silent)).isEmpty();
    }
  }

  @Test
  void whoAsksAndNeverReadsIsCutOff() throws Exception {
    for (int i = 0; i < 200; i++) {
      face.desk.batches.add(OwnerRouteTests.view(ScriptedDesk.BATCH, "p".repeat(500)));
    }
    try (Socket socket = face.connect()) {
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 1_000_000; i++) {
                  LiveFace.write(socket, "GET /api/v1/batches HTTP/1.1\r\nHost: a\r\n\r\n");
                }
              })
          .isInstanceOf(SocketException.class);
    }
    assertThat(face.get("/livez").statusCode()).isEqualTo(200);
  }

  @Test
  void anAgentThatLeavesBeforeItsAnswerHarmsNobody() throws Exception {
    CompletableFuture<LeaseReply> answer = new CompletableFuture<>();
    face.desk.leasing = request -> answer;
    String body = new String(CanonicalJson.encode(request().toJson()), StandardCharsets.UTF_8);
    try (Socket socket = face.connect()) {
      LiveFace.write(
          socket,
          "POST /api/v1/leases HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
              + "Content-Length: "
              + body.length()
              + "\r\n\r\n"
              + body);
      while (face.desk.asked.isEmpty()) {
        Thread.onSpinWait();
      }
    }
    answer.complete(new LeaseReply.Granted(request()));
    assertThat(face.get("/livez").statusCode()).isEqualTo(200);
  }

  @Test
  void oneUploadMoreThanAllowedIsSentAway() throws Exception {
    face.desk.owners.put("t", "Ada");
    String head = " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer t\r\nContent-Length: 9\r\n";
    try (Socket first = face.connect()) {
      LiveFace.write(
          first, "PUT /api/v1/blobs/" + "0".repeat(64) + head + "Expect: 100-continue\r\n\r\n");
      first.getInputStream().readNBytes("HTTP/1.1 100 Continue".length());
      String answer = face.raw("PUT /api/v1/blobs/" + "1".repeat(64) + head + "\r\n123456789");
      assertThat(answer)
          .startsWith("HTTP/1.1 503 ")
          .contains("Retry-After: ")
          .contains("1 blobs are being received, no more at once");
    }
  }

  @Test
  void aDeskThatDoesNotAnswerIsNotWaitedForForEver() throws Exception {
    face.desk.leasing = request -> new CompletableFuture<>();
    HttpResponse<byte[]> response = face.post("/api/v1/leases", request().toJson());
    assertThat(problem(response).slug()).isEqualTo("slow-answer");
    assertThat(response.headers().firstValue("Retry-After")).isPresent();
  }

  @Test
  void whileAnswersAreLateNoMoreAreLetIn() throws Exception {
    Duration longest = Duration.ofSeconds(3);
    HttpLimits patient =
        new HttpLimits(
            100, 1, 1 << 20, HttpLimits.REQUEST_TIME_MAX, longest, HttpLimits.IDLE_TIME_MAX);
    face.close();
    face = new LiveFace(folder.resolve("patient"), patient, List.of());
    Queue<CompletableFuture<LeaseReply>> held = new ConcurrentLinkedQueue<>();
    face.desk.leasing =
        request -> {
          CompletableFuture<LeaseReply> answer = new CompletableFuture<>();
          held.add(answer);
          return answer;
        };
    ExecutorService agents = Executors.newFixedThreadPool(2);
    try {
      for (int i = 0; i < 2; i++) {
        var unused = agents.submit(() -> face.post("/api/v1/leases", request().toJson()));
      }
      while (held.size() < 2) {
        Thread.onSpinWait();
      }
      Thread.sleep(longest.toMillis() / 2);
      held.remove().complete(new LeaseReply.Granted(request()));
      HttpResponse<byte[]> refused = face.post("/api/v1/leases", request().toJson());
      assertThat(problem(refused).slug()).isEqualTo("busy");
      assertThat(problem(refused).detail()).contains("answers take 1 s");
      held.remove().complete(new LeaseReply.Granted(request()));
      face.desk.leasing =
          request -> CompletableFuture.completedFuture(new LeaseReply.Granted(request));
      assertThat(face.post("/api/v1/leases", request().toJson()).statusCode())
          .as("nobody waits any more")
          .isEqualTo(200);
    } finally {
      agents.shutdownNow();
    }
  }

  @Test
  void aHeaderBeyondTheLimitEndsTheConnection() throws Exception {
    String answer;
    try {
      answer = face.raw("GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(20_000) + "\r\n\r\n");
    } catch (SocketException reset) {
      answer = "";
    }
    assertThat(answer).doesNotContain("200").doesNotContainIgnoringCase("grizzly");
  }

  @Test
  void tooManyHeadersEndTheConnection() throws Exception {
    StringBuilder many = new StringBuilder("GET / HTTP/1.1\r\nHost: a\r\n");
    for (int i = 0; i < 100; i++) {
      many.append("X").append(i).append(": y\r\n");
    }
    assertThat(face.raw(many + "\r\n")).startsWith("HTTP/1.1 400 ").doesNotContain("rizzly");
  }

  @Test
  void bodiesHeldAtOnceAreBounded() throws Exception {
    List<Socket> holding = new ArrayList<>();
    try {
      String refused = "";
      // How far the first body has come when the second begins is the system's choice: try again.
      for (int tries = 0; tries < 50 && !refused.startsWith("HTTP/1.1 503 "); tries++) {
        Socket first = face.connect();
        holding.add(first);
        LiveFace.write(first, reportHead(1_000_000) + "x".repeat(600_000));
        refused = face.raw(reportHead(700_000) + "x".repeat(700_000));
      }
      assertThat(refused)
          .startsWith("HTTP/1.1 503 ")
          .contains("Retry-After: ")
          .contains("too many requests are arriving");
    } finally {
      for (Socket socket : holding) {
        socket.close();
      }
    }
    String answer = "503";
    while (answer.contains("503")) {
      answer = face.raw(reportHead(700_000) + "x".repeat(700_000));
    }
    assertThat(answer).contains("malformed-request");
  }

  @Test
  void forOneConnectionMoreOneThatRestsGoes() throws Exception {
    HttpLimits few = HttpLimits.standard().withConnections(20);
    face.close();
    face = new LiveFace(folder.resolve("few"), few, List.of());
    List<Socket> open = new ArrayList<>();
    try {
      for (int i = 0; i <= few.connectionsOfOneAddress(); i++) {
        Socket socket = face.connect();
        open.add(socket);
        LiveFace.write(socket, "GET /livez HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(socket.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 200");
      }
      int gone = 0;
      for (Socket socket : open) {
        gone += answersAgain(socket) ? 0 : 1;
      }
      assertThat(gone).isEqualTo(1);
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  /** Asks again and reads until that answer begins; false when the server has closed. */
  private static boolean answersAgain(Socket socket) throws IOException {
    StringBuilder read = new StringBuilder();
    try {
      LiveFace.write(socket, "GET /livez HTTP/1.1\r\nHost: a\r\n\r\n");
      for (int c = socket.getInputStream().read(); c >= 0; c = socket.getInputStream().read()) {
        read.append((char) c);
        if (read.indexOf("HTTP/1.1 200") >= 0) {
          return true;
        }
      }
    } catch (SocketException reset) {
      return false;
    }
    return false;
  }

  @Test
  void oneConnectionTooManyIsClosedAtOnceWhenNoneRests() throws Exception {
    List<Socket> busy = new ArrayList<>();
    CompletableFuture<LeaseReply> answer = new CompletableFuture<>();
    String body = new String(CanonicalJson.encode(request().toJson()), StandardCharsets.UTF_8);
    HttpLimits few =
        new HttpLimits(
            10,
            1,
            1 << 20,
            HttpLimits.REQUEST_TIME_MAX,
            HttpLimits.ANSWER_TIME_MAX,
            HttpLimits.IDLE_TIME_MAX);
    face.close();
    face = new LiveFace(folder.resolve("few"), few, List.of());
    face.desk.leasing = request -> answer;
    try {
      for (int i = 0; i < few.connectionsOfOneAddress(); i++) {
        busy.add(face.connect());
        LiveFace.write(
            busy.get(i),
            "POST /api/v1/leases HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                + "Content-Length: "
                + body.length()
                + "\r\n\r\n"
                + body);
        while (face.desk.asked.size() <= i) {
          Thread.onSpinWait();
        }
      }
      String refused;
      try {
        refused = face.raw("GET /livez HTTP/1.1\r\nHost: a\r\n\r\n");
      } catch (SocketException reset) {
        refused = "";
      }
      assertThat(refused).isEmpty();
    } finally {
      for (Socket socket : busy) {
        socket.close();
      }
    }
  }

  @Test
  void manyAgentsAtOnceEachGetTheirOwnAnswer() throws Exception {
    ExecutorService slowDesk = Executors.newFixedThreadPool(4);
    ExecutorService agents = Executors.newFixedThreadPool(32);
    try {
      face.desk.leasing =
          request -> CompletableFuture.supplyAsync(() -> new LeaseReply.Granted(request), slowDesk);
      List<Future<Boolean>> answers = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        Envelope own =
            Envelope.sign(
                Envelope.Kind.LEASE_REQUEST,
                JsonValue.Obj.of().put("i", i).build(),
                ScriptedDesk.key(8));
        answers.add(
            agents.submit(
                () -> {
                  HttpResponse<byte[]> response = face.post("/api/v1/leases", own.toJson());
                  JsonValue expected = JsonValue.Obj.of().put("grant", own.toJson()).build();
                  return LiveFace.json(response).equals(expected);
                }));
      }
      for (Future<Boolean> answer : answers) {
        assertThat(answer.get()).isTrue();
      }
      assertThat(face.desk.asked).hasSize(500);
    } finally {
      slowDesk.shutdownNow();
      agents.shutdownNow();
    }
  }

  /** Sends a little again and again until the server has had enough; what it answered. */
  private static String trickle(Socket socket, String little) throws IOException {
    CompletableFuture<String> answer =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return LiveFace.readAll(socket);
              } catch (SocketException reset) {
                return "";
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    while (!answer.isDone()) {
      try {
        LiveFace.write(socket, little);
        Thread.sleep(20);
      } catch (SocketException | InterruptedException e) {
        break;
      }
    }
    return answer.join();
  }

  private static List<Path> openFilesBelow(Path folder) throws IOException {
    List<Path> below = new ArrayList<>();
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors.toList()) {
        try {
          Path target = Files.readSymbolicLink(descriptor);
          if (target.startsWith(folder)) {
            below.add(target);
          }
        } catch (NoSuchFileException closedMeanwhile) {
          continue;
        }
      }
    }
    return below;
  }

  private static long readUntilCutOff(Socket socket) throws IOException {
    long read = 0;
    byte[] chunk = new byte[65_536];
    try {
      for (int n = 0; n >= 0; n = socket.getInputStream().read(chunk)) {
        read += n;
      }
    } catch (SocketException reset) {
      return read;
    }
    return read;
  }

  private Envelope upload() {
    SigningKey key = ScriptedDesk.key(6);
    AgentId agent = AgentId.of(key.publicKey());
    face.desk.leaseholders.add(agent);
    return Envelope.sign(
        Envelope.Kind.UPLOAD,
        new Upload(ScriptedDesk.ORIGIN, agent, BLOB, 1_000_000).toJson(),
        key);
  }

  private static String reportHead(int length) {
    return "POST /api/v1/reports HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
        + "Content-Type: application/json\r\nContent-Length: "
        + length
        + "\r\n\r\n";
  }

  private static Envelope request() {
    return Envelope.sign(
        Envelope.Kind.LEASE_REQUEST, JsonValue.Obj.of().build(), ScriptedDesk.key(8));
  }
}
