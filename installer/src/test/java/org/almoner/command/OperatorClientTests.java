package org.almoner.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.almoner.protocol.bytes.Hash;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large files, either way, when the other side has a part of them. */
class OperatorClientTests {
  private static final byte[] OCTETS = new byte[3 << 20];
  private static final Hash DIGEST;

  static {
    new Random(1).nextBytes(OCTETS);
    DIGEST = Hash.sha256(OCTETS);
  }

  @TempDir Path folder;
  private final List<String> seen = new ArrayList<>();
  private final ByteArrayOutputStream here = new ByteArrayOutputStream();
  private HttpServer server;
  private OperatorClient client;
  private int refuseFirst;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    client = OperatorClient.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Content-Range");
    String asked = exchange.getRequestHeaders().getFirst("Range");
    seen.add(exchange.getRequestMethod() + " " + (range == null ? asked : range));
    if (exchange.getRequestMethod().equals("PUT")) {
      byte[] came = exchange.getRequestBody().readAllBytes();
      if (refuseFirst-- > 0) {
        here.reset();
        answer(exchange, 422, new byte[0]);
        return;
      }
      here.write(came);
      answer(exchange, 201, new byte[0]);
    } else if (exchange.getRequestURI().getPath().startsWith("/api/v1/uploads/")) {
      String told = "{\"received\":" + here.size() + "}";
      answer(exchange, 200, told.getBytes(StandardCharsets.UTF_8));
    } else if (asked == null) {
      answer(exchange, 200, OCTETS);
    } else {
      int from = Integer.parseInt(asked.replaceAll("[^0-9]", ""));
      boolean none = from >= OCTETS.length;
      answer(
          exchange,
          none ? 416 : 206,
          none ? new byte[0] : Arrays.copyOfRange(OCTETS, from, OCTETS.length));
    }
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private Path file() throws IOException {
    return Files.write(folder.resolve("large"), OCTETS);
  }

  @Test
  void onlyWhatIsNotThereIsSent() throws Exception {
    here.write(OCTETS, 0, 1_000_000);
    List<Long> told = new ArrayList<>();
    client.put(DIGEST, file(), told::add);
    assertThat(here.toByteArray()).isEqualTo(OCTETS);
    assertThat(seen).containsExactly("GET null", "PUT bytes 1000000-3145727/3145728");
    assertThat(told.get(0)).isGreaterThan(1_000_000);
    assertThat(told.get(told.size() - 1)).isEqualTo(OCTETS.length);
  }

  @Test
  void aPartThatIsNoGoodIsSentAgain() throws Exception {
    here.write(new byte[500_000]);
    refuseFirst = 1;
    client.put(DIGEST, file(), sent -> {});
    assertThat(here.toByteArray()).isEqualTo(OCTETS);
  }

  @Test
  void onlyWhatIsNotHereIsFetched() throws Exception {
    Path target = folder.resolve("part");
    Files.write(target, Arrays.copyOf(OCTETS, 2_000_000));
    client.download("/api/v1/outputs/x", target);
    client.download("/api/v1/outputs/x", target);
    assertThat(target).hasBinaryContent(OCTETS);
    assertThat(seen).containsExactly("GET bytes=2000000-", "GET bytes=3145728-");
    Files.delete(target);
    client.download("/api/v1/outputs/x", target);
    assertThat(target).hasBinaryContent(OCTETS);
  }
}
