package org.almoner.coordinator.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.almoner.coordinator.blob.Blobs;
import org.almoner.coordinator.http.page.LatestCheckpoint;
import org.almoner.coordinator.http.rate.AddressRange;
import org.almoner.coordinator.http.rate.RateLimits;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonParser;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.problem.Problem;

/** A real server on a loopback port, over a scripted desk, with a client beside it. */
final class LiveFace implements AutoCloseable {
  static final String OPERATOR = "the-operator's-token";
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  static final LatestCheckpoint.Published CHECKPOINT =
      new LatestCheckpoint.Published(ScriptedDesk.ORIGIN, 1_234, "cm9vdA==");

  /** Nothing is too often: most tests are about something else. */
  static final RateLimits FREE = new RateLimits(RateLimits.MAX, RateLimits.MAX, List.of());

  final ScriptedDesk desk = new ScriptedDesk();
  final Blobs inputs;
  final Blobs outputs;
  volatile Optional<LatestCheckpoint.Published> checkpoint = Optional.of(CHECKPOINT);
  private final HttpFace face;
  private final HttpClient client = HttpClient.newHttpClient();

  /** As {@link #FREE}, and a proxy on this computer is believed. */
  static final RateLimits BEHIND_PROXY =
      new RateLimits(RateLimits.MAX, RateLimits.MAX, List.of(AddressRange.parse("127.0.0.1")));

  LiveFace(Path folder) throws IOException {
    this(folder, HttpLimits.standard(), List.of());
  }

  LiveFace(Path folder, HttpLimits limits, List<Object> resources) throws IOException {
    this(folder, limits, FREE, resources, InstantSource.system());
  }

  LiveFace(
      Path folder, HttpLimits limits, RateLimits rates, List<Object> resources, InstantSource clock)
      throws IOException {
    inputs = Blobs.open(folder.resolve("inputs"), 0);
    outputs = Blobs.open(folder.resolve("outputs"), 0);
    HttpSettings settings =
        new HttpSettings(
            Listen.plain(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
            limits,
            rates,
            Hash.sha256(OPERATOR.getBytes(StandardCharsets.UTF_8)),
            URI.create("https://source.example/almoner"));
    face =
        HttpFace.start(
            settings,
            desk,
            inputs,
            outputs,
            new HttpFace.Shown(() -> checkpoint, new DayTiles(), new FewDocuments()),
            resources,
            clock,
            new SecureRandom());
  }

  /** Limits with short times, for tests that wait until one is over. */
  static HttpLimits hasty() {
    return new HttpLimits(
        100, 1, 2 << 20, Duration.ofMillis(600), Duration.ofMillis(600), Duration.ofSeconds(2));
  }

  InetSocketAddress address() {
    return face.address();
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + address().getPort() + path);
  }

  HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException {
    try {
      return client.send(request.build(), BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  HttpResponse<byte[]> get(String path, String... headers) throws IOException {
    return send(request(path, headers).GET());
  }

  HttpResponse<byte[]> post(String path, byte[] body, String... headers) throws IOException {
    return send(
        request(path, headers)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  HttpResponse<byte[]> post(String path, JsonValue body, String... headers) throws IOException {
    return post(path, CanonicalJson.encode(body), headers);
  }

  HttpResponse<byte[]> put(String path, byte[] body, String... headers) throws IOException {
    return send(request(path, headers).PUT(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).timeout(PATIENCE);
    return headers.length == 0 ? request : request.headers(headers);
  }

  HttpClient client() {
    return client;
  }

  /** Sends octets as they are and reads until the server closes or nothing comes any more. */
  String raw(String octets) throws IOException {
    try (Socket socket = connect()) {
      write(socket, octets);
      return readAll(socket);
    }
  }

  Socket connect() throws IOException {
    Socket socket = new Socket(address().getAddress(), address().getPort());
    socket.setSoTimeout(20_000);
    return socket;
  }

  static void write(Socket socket, String octets) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(octets.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  /** Everything until the server closes the connection. */
  static String readAll(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  static JsonValue json(HttpResponse<byte[]> response) {
    try {
      return JsonParser.parse(response.body());
    } catch (MalformedJson e) {
      throw new AssertionError(text(response), e);
    }
  }

  static String[] bearer(String token) {
    return new String[] {"Authorization", "Bearer " + token};
  }

  /** The problem an answer holds; fails when the answer is anything else. */
  static Problem problem(HttpResponse<byte[]> response) {
    String type = response.headers().firstValue("Content-Type").orElse("");
    if (!type.equals(Problem.MEDIA_TYPE)) {
      throw new AssertionError(response + " is of type " + type + ": " + text(response));
    }
    try {
      Problem problem =
          Problem.parse(
              org.almoner.protocol.json.JsonFields.of(JsonParser.parseObject(response.body())));
      if (problem.status() != response.statusCode()) {
        throw new AssertionError(problem + " came with status " + response.statusCode());
      }
      return problem;
    } catch (MalformedJson e) {
      throw new UncheckedIOException(new IOException(text(response), e));
    }
  }

  @Override
  public void close() {
    face.close();
  }
}
