package org.almoner.coordinator.http;

import static org.almoner.coordinator.http.LiveFace.bearer;
import static org.almoner.coordinator.http.LiveFace.problem;
import static org.almoner.coordinator.http.LiveFace.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.lease.Upload;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Uploads and downloads of blobs over real connections, broken off in every way.
 *
 * <p>Longer than most: one claim for each way.
 */
class BlobRouteTests {
  private static final String OWNER = "ada's-token";
  private static final SigningKey AGENT_KEY = ScriptedDesk.key(6);
  private static final AgentId AGENT = AgentId.of(AGENT_KEY.publicKey());

  @TempDir static Path folder;
  private static LiveFace face;
  private static byte[] kept;
  private static Hash keptDigest;

  @BeforeAll
  static void start() throws Exception {
    face = new LiveFace(folder);
    face.desk.owners.put(OWNER, "Ada");
    face.desk.batchOwners.put(ScriptedDesk.BATCH, "Ada");
    face.desk.leaseholders.add(AGENT);
    kept = random(200_000, 1);
    keptDigest = Hash.sha256(kept);
    face.inputs.put(keptDigest, new ByteArrayInputStream(kept), kept.length);
  }

  @AfterAll
  static void stop() {
    face.close();
  }

  @AfterEach
  void nothingIsLeftHalfReceived() throws Exception {
    for (String store : new String[] {"inputs/incoming", "outputs/incoming"}) {
      try (Stream<Path> left = Files.list(folder.resolve(store))) {
        assertThat(left).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {OWNER, LiveFace.OPERATOR})
  void anOwnerAndTheOperatorSendABlobThatAnyoneMayFetch(String token) throws Exception {
    byte[] octets = random(1_000_000, token.length());
    String path = "/api/v1/blobs/" + Hash.sha256(octets);

    HttpResponse<byte[]> sent = face.put(path, octets, bearer(token));
    assertThat(sent.statusCode()).isEqualTo(201);
    assertThat(text(sent)).isEqualTo("{\"bytes\":1000000}");
    assertThat(face.put(path, octets, bearer(token)).statusCode()).isEqualTo(200);

    assertThat(face.get(path).body()).isEqualTo(octets);
  }

  @Test
  void aBlobOfUnknownLengthIsReceivedToo() throws Exception {
    byte[] octets = random(100_000, 4);
    HttpResponse<byte[]> sent =
        face.send(
            face.request("/api/v1/blobs/" + Hash.sha256(octets), bearer(OWNER))
                .PUT(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(octets))));
    assertThat(sent.statusCode()).isEqualTo(201);
    assertThat(face.inputs.has(Hash.sha256(octets))).isTrue();
  }

  /** A quick sender's next request comes before the server has put the one before away. */
  @Test
  void theNextRequestOnTheConnectionIsNotTakenForPartOfTheBlob() throws Exception {
    byte[] blob = random(3_000, 8);
    byte[] put =
        ("PUT /api/v1/blobs/"
                + Hash.sha256(blob)
                + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + OWNER
                + "\r\nContent-Type: application/octet-stream\r\nContent-Length: 3000\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] post =
        ("POST /api/v1/operator/settle HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + LiveFace.OPERATOR
                + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    try (Socket socket = face.connect()) {
      socket.setSoTimeout(20_000);
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (int round = 0; round < 2000; round++) {
        out.write(put);
        out.write(blob);
        out.flush();
        assertThat(status(in)).as("blob of round " + round).isIn(200, 201);
        out.write(post);
        out.write(new byte[] {'{', '}'});
        out.flush();
        assertThat(status(in)).as("request of round " + round).isEqualTo(200);
      }
    }
  }

  /** Reads one answer whole. */
  private static int status(InputStream in) throws Exception {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int octet = in.read();
      assertThat(octet).as("connection after " + head).isNotNegative();
      head.append((char) octet);
    }
    Matcher length = Pattern.compile("(?i)content-length: ([0-9]+)").matcher(head);
    assertThat(length.find()).as(head.toString()).isTrue();
    in.readNBytes(Integer.parseInt(length.group(1)));
    return Integer.parseInt(head.substring(9, 12));
  }

  @Test
  void anEmptyBlobIsABlob() throws Exception {
    String path = "/api/v1/blobs/" + Hash.sha256();
    assertThat(face.put(path, new byte[0], bearer(OWNER)).statusCode()).isEqualTo(201);
    HttpResponse<byte[]> fetched = face.get(path);
    assertThat(fetched.statusCode()).isEqualTo(200);
    assertThat(fetched.body()).isEmpty();
  }

  @Test
  void aBlobMayBeKeptForEver() throws Exception {
    HttpResponse<byte[]> response = face.get("/api/v1/blobs/" + keptDigest);
    assertThat(response.body()).isEqualTo(kept);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
    assertThat(response.headers().allValues("Cache-Control"))
        .containsExactly("public, max-age=31536000, immutable");
    assertThat(response.headers().firstValue("ETag")).hasValue("\"" + keptDigest + "\"");
    assertThat(response.headers().firstValue("Accept-Ranges")).hasValue("bytes");
    assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
  }

  @Test
  void whoHasItAlreadyIsToldSo() throws Exception {
    HttpResponse<byte[]> response =
        face.get("/api/v1/blobs/" + keptDigest, "If-None-Match", "\"" + keptDigest + "\"");
    assertThat(response.statusCode()).isEqualTo(304);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void headTellsTheSizeAndSendsNothing() throws Exception {
    HttpResponse<byte[]> response =
        face.send(
            face.request("/api/v1/blobs/" + keptDigest).method("HEAD", BodyPublishers.noBody()));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValueAsLong("Content-Length")).hasValue(kept.length);
    assertThat(response.body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-9,0,10",
    "bytes=150000-,150000,200000",
    "bytes=-5,199995,200000",
    "bytes=199999-999999,199999,200000"
  })
  void aPartIsSentAsAPart(String range, int from, int to) throws Exception {
    HttpResponse<byte[]> response = face.get("/api/v1/blobs/" + keptDigest, "Range", range);
    assertThat(response.statusCode()).isEqualTo(206);
    assertThat(response.body()).isEqualTo(Arrays.copyOfRange(kept, from, to));
    assertThat(response.headers().firstValue("Content-Range"))
        .hasValue("bytes " + from + "-" + (to - 1) + "/200000");
  }

  @Test
  void aPartOfSomethingElseBringsTheWhole() throws Exception {
    HttpResponse<byte[]> response =
        face.get("/api/v1/blobs/" + keptDigest, "Range", "bytes=0-9", "If-Range", "\"another\"");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).hasSize(kept.length);
  }

  @Test
  void aPartBeyondTheEndIsRefused() throws Exception {
    HttpResponse<byte[]> response =
        face.get("/api/v1/blobs/" + keptDigest, "Range", "bytes=200000-");
    assertThat(problem(response).slug()).isEqualTo("range-not-satisfiable");
    assertThat(response.headers().firstValue("Content-Range")).hasValue("bytes */200000");
  }

  @Test
  void octetsOfAnotherDigestAreRefused() throws Exception {
    Hash wrong = Hash.sha256(new byte[] {9});
    HttpResponse<byte[]> response =
        face.put("/api/v1/blobs/" + wrong, random(70_000, 2), bearer(OWNER));
    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(problem(response).slug()).isEqualTo("other-digest");
    assertThat(face.inputs.has(wrong)).isFalse();
  }

  @Test
  void withoutATokenNothingIsReceived() throws Exception {
    byte[] octets = random(10, 3);
    String path = "/api/v1/blobs/" + Hash.sha256(octets);
    assertThat(problem(face.put(path, octets)).slug()).isEqualTo("token-missing");
    assertThat(problem(face.put(path, octets, bearer("wrong"))).slug()).isEqualTo("token-unknown");
    assertThat(face.get(path).statusCode()).isEqualTo(404);
  }

  @Test
  void whoAsksFirstIsRefusedBeforeTheBody() throws Exception {
    String answer =
        face.raw(
            "PUT /api/v1/blobs/"
                + keptDigest
                + " HTTP/1.1\r\nHost: a\r\n"
                + "Content-Length: 1000000\r\nExpect: 100-continue\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 401 ").doesNotContain("100 Continue");
  }

  @Test
  void whoAsksFirstAndMayIsToldToGoOn() throws Exception {
    byte[] octets = {'h', 'e', 'l', 'l', 'o'};
    try (Socket socket = face.connect()) {
      LiveFace.write(
          socket,
          "PUT /api/v1/blobs/"
              + Hash.sha256(octets)
              + " HTTP/1.1\r\nHost: a\r\n"
              + "Authorization: Bearer "
              + OWNER
              + "\r\nConnection: close\r\n"
              + "Content-Length: 5\r\nExpect: 100-continue\r\n\r\n");
      String goOn = "HTTP/1.1 100 Continue\r\n\r\n";
      assertThat(new String(socket.getInputStream().readNBytes(goOn.length()), "US-ASCII"))
          .isEqualTo(goOn);
      LiveFace.write(socket, "hello");
      assertThat(LiveFace.readAll(socket)).startsWith("HTTP/1.1 201 ");
    }
  }

  @Test
  void aBlobBeyondTheLimitIsRefusedByItsAnnouncement() throws Exception {
    String answer =
        face.raw(
            "PUT /api/v1/blobs/"
                + keptDigest
                + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer "
                + OWNER
                + "\r\nContent-Length: 1073741825\r\n\r\n");
    assertThat(answer)
        .startsWith("HTTP/1.1 413 ")
        .contains("at most 1073741824 octets are taken here and 1073741825 were announced");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/blobs/../../etc/passwd",
        "/api/v1/blobs/..",
        "/api/v1/blobs/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/api/v1/blobs/ab/cdef",
        "/api/v1/blobs/",
        "/api/v1/blobs/incoming",
        "/api/v1/outputs/../blobs/x",
        "/api/v1/blobs//etc/passwd",
        "/api/v1/blobs/\\..\\..",
        "/api/v1/blobs/ABCDEF",
      })
  void aNameThatIsNoDigestReachesNoFile(String path) throws Exception {
    for (String method : new String[] {"GET", "PUT"}) {
      String answer =
          face.raw(
              method
                  + " "
                  + path
                  + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                  + "Authorization: Bearer "
                  + OWNER
                  + "\r\nContent-Length: 0\r\n\r\n");
      assertThat(answer).as(path).matches("(?s)HTTP/1\\.1 40[045] .*");
      assertThat(answer).contains("application/problem+json");
    }
  }

  @Test
  void anotherMethodIsNotTaken() throws Exception {
    HttpResponse<byte[]> response = face.send(face.request("/api/v1/blobs/" + keptDigest).DELETE());
    assertThat(problem(response).status()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).hasValue("GET, HEAD, PUT");
    HttpResponse<byte[]> put = face.put("/api/v1/outputs/" + keptDigest, new byte[1]);
    assertThat(problem(put).status()).isEqualTo(405);
  }

  @Test
  void anAgentWithALeaseSendsAnOutputThatOnlyOwnersFetch() throws Exception {
    byte[] output = random(300_000, 5);
    Hash digest = Hash.sha256(output);

    HttpResponse<byte[]> sent =
        face.put("/api/v1/blobs/" + digest, output, announced(AGENT, digest, output.length));

    assertThat(sent.statusCode()).isEqualTo(201);
    assertThat(face.outputs.has(digest)).isTrue();
    assertThat(face.get("/api/v1/blobs/" + digest).statusCode()).isEqualTo(404);
    assertThat(face.get("/api/v1/outputs/" + digest).statusCode()).isEqualTo(401);
    String ofUnit = "/api/v1/outputs/" + digest + "?unit=3&batch=" + ScriptedDesk.BATCH.toHex();
    assertThat(face.get(ofUnit, bearer(OWNER)).statusCode())
        .as("nobody reads it before it is agreed")
        .isEqualTo(404);
    face.desk.agreed.add(digest);
    face.desk.unitOutputs.put(3L, digest);
    assertThat(face.get(ofUnit, bearer(OWNER)).body()).isEqualTo(output);
    HttpResponse<byte[]> part =
        face.get(
            "/api/v1/outputs/" + digest,
            "Authorization",
            "Bearer " + LiveFace.OPERATOR,
            "Range",
            "bytes=10-19");
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(output, 10, 20));
  }

  @Test
  void theAnswerToAnUploadDoesNotTellWhetherSomebodySentTheSame() throws Exception {
    byte[] output = random(300_000, 6);
    Hash digest = Hash.sha256(output);
    AgentId other = AgentId.of(ScriptedDesk.key(77).publicKey());
    face.outputs.put(digest, new java.io.ByteArrayInputStream(output), output.length);
    assertThat(face.outputs.senders().contains(AGENT, digest)).isFalse();

    for (int i = 0; i < 2; i++) {
      HttpResponse<byte[]> sent =
          face.put("/api/v1/blobs/" + digest, output, announced(AGENT, digest, output.length));
      assertThat(sent.statusCode()).isEqualTo(201);
    }
    assertThat(face.outputs.senders().contains(AGENT, digest)).isTrue();
    assertThat(face.outputs.senders().contains(other, digest)).isFalse();
  }

  @Test
  void anOutputThatTravelledInsideAReportIsFetchedTheSameWay() throws Exception {
    byte[] output = random(100, 8);
    Hash digest = Hash.sha256(output);
    face.desk.inlineOutputs.put(digest, Bytes.of(output));
    face.desk.unitOutputs.put(4L, digest);
    HttpResponse<byte[]> response =
        face.get(
            "/api/v1/outputs/" + digest + "?unit=4&batch=" + ScriptedDesk.BATCH.toHex(),
            bearer(OWNER));
    assertThat(response.body()).isEqualTo(output);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
  }

  @Test
  void anAgentWithoutALeaseSendsNothing() throws Exception {
    SigningKey stranger = ScriptedDesk.key(7);
    byte[] output = random(10, 6);
    Hash digest = Hash.sha256(output);
    HttpResponse<byte[]> response =
        face.put(
            "/api/v1/blobs/" + digest,
            output,
            announced(stranger, ScriptedDesk.ORIGIN, AgentId.of(stranger.publicKey()), digest, 10));
    assertThat(problem(response).slug()).isEqualTo("no-lease");
    assertThat(response.statusCode()).isEqualTo(403);
  }

  @Test
  void anOutputLargerThanItsUnitsDiskIsRefusedByItsAnnouncement() throws Exception {
    byte[] output = random(10, 6);
    Hash digest = Hash.sha256(output);
    String path = "/api/v1/blobs/" + digest;
    long most = ScriptedDesk.OUTPUT_BYTES_MAX;
    HttpResponse<byte[]> response = face.put(path, output, announced(AGENT, digest, most + 1));
    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(problem(response).slug()).isEqualTo("too-large");
    assertThat(face.put(path, output, announced(AGENT, digest, most)).statusCode()).isEqualTo(201);
  }

  @Test
  void anAgentThatSendsSlowlyLeavesPlacesToOthers() throws Exception {
    byte[] output = random(10, 6);
    Hash digest = Hash.sha256(output);
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < HttpLimits.UPLOADS_OF_AGENT_MAX; i++) {
        slow.add(face.connect());
        LiveFace.write(
            slow.get(i),
            "PUT /api/v1/blobs/"
                + Hash.ZERO
                + " HTTP/1.1\r\nHost: a\r\nAlmoner-Upload: "
                + announced(AGENT, Hash.ZERO, 100)[1]
                + "\r\nContent-Length: 100\r\n\r\nonly a little");
      }
      awaitIncoming(HttpLimits.UPLOADS_OF_AGENT_MAX);
      String path = "/api/v1/blobs/" + digest;
      HttpResponse<byte[]> third = face.put(path, output, announced(AGENT, digest, 10));
      assertThat(third.statusCode()).isEqualTo(503);
      assertThat(problem(third).detail())
          .startsWith("2 blobs are being received from this sender, no more at once");
      assertThat(face.put(path, output, bearer(OWNER)).statusCode()).isEqualTo(201);
      SigningKey other = ScriptedDesk.key(78);
      AgentId id = AgentId.of(other.publicKey());
      face.desk.leaseholders.add(id);
      assertThat(
              face.put(path, output, announced(other, ScriptedDesk.ORIGIN, id, digest, 10))
                  .statusCode())
          .isEqualTo(201);
    } finally {
      for (Socket each : slow) {
        each.close();
      }
    }
    awaitIncoming(0);
  }

  @Test
  void anAnnouncementForSomethingElseIsRefused() throws Exception {
    byte[] output = random(10, 6);
    Hash digest = Hash.sha256(output);
    String path = "/api/v1/blobs/" + digest;
    assertThat(problem(face.put(path, output, announced(AGENT, Hash.ZERO, 10))).detail())
        .isEqualTo(
            "header Almoner-Upload: field \"sha256\" is %s, expected %s"
                .formatted(Hash.ZERO, digest));
    assertThat(
            problem(
                    face.put(
                        path, output, announced(AGENT_KEY, "other.example", AGENT, digest, 10)))
                .detail())
        .contains("field \"origin\" is other.example, expected log.example/2026");
    assertThat(
            problem(
                    face.put(
                        path,
                        output,
                        announced(ScriptedDesk.key(7), ScriptedDesk.ORIGIN, AGENT, digest, 10)))
                .detail())
        .contains("field \"agent\" is ");
    assertThat(problem(face.put(path, output, "Almoner-Upload", "no sense!")).detail())
        .isEqualTo("header Almoner-Upload: not standard base64");
  }

  @Test
  void anAnnouncementWithABrokenSignatureIsRefused() throws Exception {
    Hash digest = Hash.sha256(new byte[1]);
    Envelope good = envelope(AGENT_KEY, ScriptedDesk.ORIGIN, AGENT, digest, 1);
    Envelope broken =
        new Envelope(
            good.kind(), good.payload(), ScriptedDesk.key(7).publicKey(), good.signature());
    HttpResponse<byte[]> response =
        face.put("/api/v1/blobs/" + digest, new byte[1], "Almoner-Upload", base64(broken));
    assertThat(problem(response).slug()).isEqualTo("bad-signature");
  }

  @Test
  void moreThanWasAnnouncedIsRefusedAsItComes() throws Exception {
    byte[] output = random(50_000, 9);
    Hash digest = Hash.sha256(output);
    HttpResponse<byte[]> response =
        face.send(
            face.request("/api/v1/blobs/" + digest, announced(AGENT, digest, 49_999))
                .PUT(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(output))));
    assertThat(problem(response).detail())
        .isEqualTo("at most 49999 octets are taken here and more came; send what was announced");
    assertThat(face.outputs.has(digest)).isFalse();
  }

  @Test
  void anAgentThatGoesAwayLeavesNothingAndItsPlaceIsFree() throws Exception {
    try (Socket socket = face.connect()) {
      LiveFace.write(
          socket,
          "PUT /api/v1/blobs/"
              + Hash.ZERO
              + " HTTP/1.1\r\nHost: a\r\nAlmoner-Upload: "
              + announced(AGENT, Hash.ZERO, 100)[1]
              + "\r\nContent-Length: 100\r\n\r\nonly a little");
      awaitIncoming(1);
    }
    awaitIncoming(0);
    assertThat(face.outputs.has(Hash.ZERO)).isFalse();
  }

  private static void awaitIncoming(int files) throws Exception {
    for (int i = 0; i < 2_000; i++) {
      try (Stream<Path> incoming = Files.list(folder.resolve("outputs/incoming"))) {
        if (incoming.count() == files) {
          return;
        }
      }
      Thread.sleep(5);
    }
    throw new AssertionError("there are never " + files + " files under incoming");
  }

  private static String[] announced(AgentId agent, Hash digest, long bytes) {
    return announced(AGENT_KEY, ScriptedDesk.ORIGIN, agent, digest, bytes);
  }

  private static String[] announced(
      SigningKey key, String origin, AgentId agent, Hash digest, long bytes) {
    return new String[] {"Almoner-Upload", base64(envelope(key, origin, agent, digest, bytes))};
  }

  private static Envelope envelope(
      SigningKey key, String origin, AgentId agent, Hash digest, long bytes) {
    return Envelope.sign(
        Envelope.Kind.UPLOAD, new Upload(origin, agent, digest, bytes).toJson(), key);
  }

  private static String base64(Envelope envelope) {
    return Base64.getEncoder().encodeToString(CanonicalJson.encode(envelope.toJson()));
  }

  private static byte[] random(int size, long seed) {
    byte[] octets = new byte[size];
    new Random(seed).nextBytes(octets);
    return octets;
  }

  @Test
  void anUploadThatBrokeOffIsGoneOnWith() throws Exception {
    byte[] octets = random(300_000, 31);
    Hash digest = Hash.sha256(octets);
    breakOff(digest, octets, 100_000, OWNER);
    assertThat(awaitReceived(digest, 100_000)).isEqualTo(100_000);
    assertThat(received(digest, LiveFace.OPERATOR)).as("what others sent").isZero();

    HttpResponse<byte[]> rest =
        face.put(
            "/api/v1/blobs/" + digest,
            Arrays.copyOfRange(octets, 100_000, octets.length),
            from(100_000, octets.length));
    assertThat(rest.statusCode()).as(text(rest)).isEqualTo(201);
    assertThat(text(rest)).isEqualTo("{\"bytes\":300000}");
    assertThat(face.get("/api/v1/blobs/" + digest).body()).isEqualTo(octets);
    assertThat(received(digest, OWNER)).isZero();
  }

  /** The sender knows less than is here, or what is here came out wrong: its word goes. */
  @Test
  void whatTheSenderSendsAgainReplacesWhatIsHere() throws Exception {
    byte[] octets = random(200_000, 32);
    Hash digest = Hash.sha256(octets);
    breakOff(digest, random(200_000, 33), 90_000, OWNER);
    awaitReceived(digest, 90_000);
    HttpResponse<byte[]> wrong =
        face.put(
            "/api/v1/blobs/" + digest,
            Arrays.copyOfRange(octets, 50_000, octets.length),
            from(50_000, octets.length));
    assertThat(problem(wrong).slug()).isEqualTo("other-digest");
    assertThat(received(digest, OWNER)).as("a part that is no good is thrown away").isZero();
    assertThat(face.put("/api/v1/blobs/" + digest, octets, bearer(OWNER)).statusCode())
        .isEqualTo(201);
  }

  @Test
  void octetsBehindWhatIsHereAreRefusedWithHowManyThereAre() throws Exception {
    byte[] octets = random(200_000, 34);
    Hash digest = Hash.sha256(octets);
    HttpResponse<byte[]> gap =
        face.put(
            "/api/v1/blobs/" + digest, Arrays.copyOfRange(octets, 7, 200_000), from(7, 200_000));
    assertThat(problem(gap).slug()).isEqualTo("other-offset");
    assertThat(problem(gap).detail()).contains("only 0 are here; go on from 0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bytes 0-9/100", "bytes 5-9", "bytes 9-5/10", "bytes 3-9/10", "octets 5-9/10"})
  void aRangeThatIsNotTheRestIsRefused(String range) throws Exception {
    byte[] octets = random(5, 35);
    HttpResponse<byte[]> refused =
        face.put(
            "/api/v1/blobs/" + Hash.sha256(octets),
            octets,
            "Authorization",
            "Bearer " + OWNER,
            "Content-Range",
            range);
    assertThat(problem(refused).detail()).contains("header Content-Range");
  }

  @Test
  void howFarAnUploadHasComeIsToldToItsOwnerAlone() throws Exception {
    String path = "/api/v1/uploads/" + keptDigest;
    assertThat(face.get(path).statusCode()).isEqualTo(401);
    assertThat(problem(face.post(path, new byte[0], bearer(OWNER))).status()).isEqualTo(405);
    assertThat(problem(face.get("/api/v1/uploads/abc", bearer(OWNER))).status()).isEqualTo(404);
  }

  private static String[] from(int from, int total) {
    return new String[] {
      "Authorization",
      "Bearer " + OWNER,
      "Content-Range",
      "bytes " + from + "-" + (total - 1) + "/" + total
    };
  }

  /** Sends a beginning and is gone, as a client that is killed. */
  private static void breakOff(Hash digest, byte[] octets, int count, String token)
      throws Exception {
    try (Socket socket = face.connect()) {
      LiveFace.write(
          socket,
          "PUT /api/v1/blobs/"
              + digest
              + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
              + token
              + "\r\nContent-Length: "
              + octets.length
              + "\r\n\r\n");
      socket.getOutputStream().write(octets, 0, count);
      socket.getOutputStream().flush();
      awaitReceived(digest, count);
    }
  }

  private static long received(Hash digest, String token) throws Exception {
    String told = text(face.get("/api/v1/uploads/" + digest, bearer(token)));
    return Long.parseLong(told.replaceAll("[^0-9]", ""));
  }

  private static long awaitReceived(Hash digest, long wanted) throws Exception {
    for (int tries = 0; tries < 200 && received(digest, OWNER) != wanted; tries++) {
      Thread.sleep(20);
    }
    return received(digest, OWNER);
  }
}
