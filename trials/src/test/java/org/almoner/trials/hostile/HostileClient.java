package org.almoner.trials.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** One TCP connection from an address that no honest agent has; sends whatever it likes. */
final class HostileClient implements AutoCloseable {
  private static final int ANSWER_MS_MAX = 30_000;
  private static final int ANSWER_BYTES_MAX = 4 << 20;

  private final Socket socket = new Socket();

  /**
   * Connects.
   *
   * @param from last octet of its address, 2 to 254
   */
  HostileClient(URI coordinator, int from) throws IOException {
    try {
      socket.bind(
          new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) from}), 0));
      socket.connect(new InetSocketAddress("127.0.0.1", coordinator.getPort()), ANSWER_MS_MAX);
      socket.setSoTimeout(ANSWER_MS_MAX);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Sends octets; false when the other side has had enough. */
  boolean send(byte[] octets) {
    try {
      socket.getOutputStream().write(octets);
      socket.getOutputStream().flush();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  boolean send(String octets) {
    return send(octets.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Everything until the other side closes, or nothing more comes. */
  String readAll() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] chunk = new byte[8_192];
    try {
      InputStream in = socket.getInputStream();
      for (int n = in.read(chunk); n >= 0 && all.size() < ANSWER_BYTES_MAX; n = in.read(chunk)) {
        all.write(chunk, 0, n);
      }
    } catch (SocketTimeoutException e) {
      return all.toString(StandardCharsets.ISO_8859_1) + "(open)";
    } catch (IOException reset) {
      return all.toString(StandardCharsets.ISO_8859_1);
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      return; // It is gone either way.
    }
  }
}
