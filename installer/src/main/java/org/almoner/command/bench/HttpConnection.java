package org.almoner.command.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.almoner.protocol.bytes.Bytes;

/**
 * One connection to a coordinator on this computer, one request at a time; used by one thread.
 *
 * <p>No more of HTTP/1.1 than that takes: a general client spends more processor time on a request
 * than a coordinator may, and both run on the same processors here.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112">RFC 9112</a>
 */
final class HttpConnection implements AutoCloseable {
  /** Longest wait for an answer, in milliseconds: one minute. */
  private static final int ANSWER_MS_MAX = 60_000;

  /** Longest wait for a connection, in milliseconds, as an agent's. */
  private static final int CONNECT_MS_MAX = 20_000;

  /** Largest answer, in octets: a bundle of 256 entries of 64 KiB. */
  private static final int BODY_BYTES_MAX = 17 << 20;

  private static final int LINE_BYTES_MAX = 16 * 1024;
  private static final int BUFFER_BYTES = 32 * 1024;

  private final String host;
  private final Socket socket;
  private final InputStream in;

  /**
   * What came back.
   *
   * @param retryAfter when to come back; zero when nothing was said
   */
  record Answer(int status, Duration retryAfter, Bytes body) {
    /** Whether the request was granted. */
    boolean good() {
      return status / 100 == 2;
    }
  }

  HttpConnection(URI base) throws IOException {
    this(base, InetAddress.getByName("0.0.0.0"));
  }

  /**
   * Connects from an address of this computer, of which the loopback has sixteen million.
   *
   * @param from any of {@code 127.0.0.0/8}, or {@code 0.0.0.0} to leave the choice to the system
   */
  HttpConnection(URI base, InetAddress from) throws IOException {
    this.host = base.getHost() + ":" + base.getPort();
    this.socket = new Socket();
    try {
      socket.bind(new InetSocketAddress(from, 0));
      socket.connect(new InetSocketAddress(base.getHost(), base.getPort()), CONNECT_MS_MAX);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(ANSWER_MS_MAX);
    this.in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
  }

  Answer get(String path) throws IOException {
    return send("GET " + path, "", new byte[0]);
  }

  /** Sends JSON, with a bearer token unless that is empty. */
  Answer post(String path, String token, byte[] body) throws IOException {
    return send("POST " + path, authorization(token) + "Content-Type: application/json\r\n", body);
  }

  /** Sends a blob. */
  Answer put(String path, String token, byte[] body) throws IOException {
    return send(
        "PUT " + path, authorization(token) + "Content-Type: application/octet-stream\r\n", body);
  }

  private static String authorization(String token) {
    return token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n";
  }

  private Answer send(String what, String headers, byte[] body) throws IOException {
    String head =
        what
            + " HTTP/1.1\r\nHost: "
            + host
            + "\r\n"
            + headers
            + (body.length == 0 ? "" : "Content-Length: " + body.length + "\r\n")
            + "\r\n";
    ByteArrayOutputStream request = new ByteArrayOutputStream(head.length() + body.length);
    request.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    request.writeBytes(body);
    request.writeTo(socket.getOutputStream());
    return receive();
  }

  private Answer receive() throws IOException {
    String first = line();
    if (!first.matches("HTTP/1\\.1 [1-5][0-9]{2}.*")) {
      throw new IOException("expected an HTTP status line, got " + first);
    }
    int length = 0;
    int retryAfter = 0;
    boolean chunked = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = number(lower.substring(15).strip(), 10);
      } else if (lower.startsWith("retry-after:")) {
        retryAfter = number(lower.substring(12).strip(), 10);
      } else if (lower.startsWith("transfer-encoding:")) {
        chunked = lower.endsWith("chunked");
      }
    }
    byte[] body = chunked ? chunks() : octets(length);
    return new Answer(
        Integer.parseInt(first.substring(9, 12)), Duration.ofSeconds(retryAfter), Bytes.of(body));
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = number(line(), 16); size > 0; size = number(line(), 16)) {
      body.writeBytes(octets(size));
      requireEmpty(line());
      if (body.size() > BODY_BYTES_MAX) {
        throw new IOException("an answer has more than " + BODY_BYTES_MAX + " octets");
      }
    }
    requireEmpty(line());
    return body.toByteArray();
  }

  private byte[] octets(int length) throws IOException {
    byte[] octets = in.readNBytes(length);
    if (octets.length < length) {
      throw new EOFException("the coordinator closed the connection inside an answer");
    }
    return octets;
  }

  private static int number(String digits, int radix) throws IOException {
    try {
      int number = Integer.parseInt(digits, radix);
      if (number >= 0 && number <= BODY_BYTES_MAX) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IOException("expected a length, got " + digits, e);
    }
    throw new IOException("expected a length of 0 to " + BODY_BYTES_MAX + ", got " + digits);
  }

  private static void requireEmpty(String line) throws IOException {
    if (!line.isEmpty()) {
      throw new IOException("expected the end of a chunk, got " + line);
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder(64);
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the coordinator closed the connection");
      }
      if (line.length() == LINE_BYTES_MAX) {
        throw new IOException("a header has more than " + LINE_BYTES_MAX + " octets");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
