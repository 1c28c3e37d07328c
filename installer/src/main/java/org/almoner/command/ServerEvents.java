package org.almoner.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A stream of server-sent events, of which only the data is of use here: one line for each event.
 *
 * <p>A coordinator says something at least every fifteen seconds, so that silence means that nobody
 * is there any more.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-sent
 *     events</a>
 */
final class ServerEvents implements AutoCloseable {
  private static final String DATA = "data: ";
  private static final int LINES_WAITING_MAX = 64;
  private static final String END = "\n";

  private final InputStream in;
  private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(LINES_WAITING_MAX);

  /** Reads {@code in}, and closes it in the end. */
  ServerEvents(InputStream in) {
    this.in = in;
    Thread reader = new Thread(this::read, "almoner-server-events");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * The next event's data; empty when the stream has ended.
   *
   * @param silenceMax how long nothing may come
   * @throws IOException when nothing came for so long
   */
  Optional<String> next(Duration silenceMax) throws IOException, InterruptedException {
    while (true) {
      String line = lines.poll(silenceMax.toMillis(), TimeUnit.MILLISECONDS);
      if (line == null) {
        throw new IOException("nothing came for " + silenceMax.toSeconds() + " s");
      }
      if (line.equals(END)) {
        return Optional.empty();
      }
      if (line.startsWith(DATA)) {
        return Optional.of(line.substring(DATA.length()));
      }
    }
  }

  private void read() {
    try (BufferedReader text =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = text.readLine(); line != null; line = text.readLine()) {
        lines.put(line);
      }
    } catch (IOException e) {
      // Broken off is ended, too: whoever follows asks again.
    } catch (InterruptedException e) {
      return;
    }
    if (!lines.offer(END)) {
      lines.clear();
      lines.add(END);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
    lines.clear(); // Whoever waits to add another finds out.
  }
}
