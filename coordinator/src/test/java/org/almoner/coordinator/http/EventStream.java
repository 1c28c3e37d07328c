package org.almoner.coordinator.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.Optional;

/** A stream of server-sent events as a client reads it, chunks undone. */
final class EventStream {
  final Socket socket;
  final String head;
  private final BufferedReader in;

  EventStream(Socket socket, String path) throws IOException {
    this(socket, path, "127.0.0.1");
  }

  /** As a proxy asks for {@code client}. */
  EventStream(Socket socket, String path, String client) throws IOException {
    this.socket = socket;
    String forwarded = "X-Forwarded-For: " + client;
    LiveFace.write(socket, "GET " + path + " HTTP/1.1\r\nHost: x\r\n" + forwarded + "\r\n\r\n");
    in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
    StringBuilder lines = new StringBuilder();
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      lines.append(line).append("\r\n");
    }
    head = lines.toString();
  }

  /** The next event's data. */
  String event() throws IOException {
    return next().orElseThrow(() -> new AssertionError("the stream ended"));
  }

  /** The next event's data; empty when the stream has ended in good order. */
  Optional<String> next() throws IOException {
    for (String line = in.readLine(); line != null && !line.equals("0"); line = in.readLine()) {
      if (line.startsWith("data: ")) {
        return Optional.of(line.substring("data: ".length()));
      }
    }
    return Optional.empty();
  }

  /** Data that still comes before the server ends the stream. */
  Optional<String> rest() throws IOException {
    try {
      return in.lines().filter(line -> line.startsWith("data: ")).findFirst();
    } catch (UncheckedIOException reset) {
      return Optional.empty(); // Cut off is ended, too.
    }
  }
}
