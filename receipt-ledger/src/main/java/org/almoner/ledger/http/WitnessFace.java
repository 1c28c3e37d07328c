package org.almoner.ledger.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.almoner.ledger.witness.AddCheckpoint;
import org.almoner.ledger.witness.Witness;

/**
 * A witness over HTTP: {@code POST /add-checkpoint} and {@code GET /<sha256 of origin>/checkpoint}.
 *
 * <p>In the clear; put a TLS proxy before it where others shall reach it.
 *
 * @see <a href="https://c2sp.org/tlog-witness">c2sp.org/tlog-witness</a>
 */
public final class WitnessFace implements AutoCloseable {
  /** Requests answered at one time. */
  static final int THREADS = 8;

  /** A request that has not come whole after so many seconds is broken off. */
  private static final String SECONDS_MAX = "10";

  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String SIZE = "text/x.tlog.size";

  private final Witness witness;
  private final HttpServer server;
  private final ExecutorService threads;

  private WitnessFace(Witness witness, HttpServer server, ExecutorService threads) {
    this.witness = witness;
    this.server = server;
    this.threads = threads;
  }

  /** Starts listening. */
  public static WitnessFace start(Witness witness, InetSocketAddress address) throws IOException {
    System.setProperty("sun.net.httpserver.nodelay", "true"); // else each answer waits 40 ms
    System.setProperty("sun.net.httpserver.maxReqTime", SECONDS_MAX);
    System.setProperty("sun.net.httpserver.maxRspTime", SECONDS_MAX);
    HttpServer server = HttpServer.create(address, 0);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    WitnessFace face = new WitnessFace(witness, server, threads);
    server.setExecutor(threads);
    server.createContext("/", face::serve);
    server.start();
    return face;
  }

  /** Where it listens; the port is the real one. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String method = exchange.getRequestMethod();
      if (path.equals("/add-checkpoint") && method.equals("POST")) {
        add(exchange);
      } else if (path.matches("/[0-9a-f]{64}/checkpoint") && method.equals("GET")) {
        latest(exchange, path.substring(1, 65));
      } else {
        answer(
            exchange,
            404,
            TEXT,
            "a witness answers POST /add-checkpoint and GET /<sha256 of origin>/checkpoint\n");
      }
    }
  }

  private void add(HttpExchange exchange) throws IOException {
    byte[] octets;
    try (InputStream in = exchange.getRequestBody()) {
      octets = in.readNBytes(AddCheckpoint.CHARACTERS_MAX + 1);
    }
    Witness.Reply reply = witness.add(new String(octets, StandardCharsets.UTF_8));
    if (reply instanceof Witness.Reply.Cosigned cosigned) {
      answer(exchange, 200, TEXT, cosigned.signature().format() + "\n");
    } else if (reply instanceof Witness.Reply.OtherSize other) {
      answer(exchange, 409, SIZE, other.size() + "\n");
    } else if (reply instanceof Witness.Reply.Refused refused) {
      answer(exchange, refused.status(), TEXT, refused.sentence() + "\n");
    }
  }

  private void latest(HttpExchange exchange, String name) throws IOException {
    Optional<String> note = witness.latest(name);
    answer(
        exchange,
        note.isPresent() ? 200 : 404,
        TEXT,
        note.orElse("this witness has signed nothing of that log\n"));
  }

  private static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] octets = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(status, octets.length);
    exchange.getResponseBody().write(octets);
  }

  @Override
  public void close() {
    server.stop(1);
    threads.shutdownNow();
  }
}
