package org.almoner.command.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.almoner.agent.contact.Backoff;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The line of one agent from an address of its own. It waits between attempts as a real agent does:
 * what the coordinator asks for, and at least its own growing, spread pause. Used by one thread.
 */
final class OwnLine implements Sending, AutoCloseable {
  /** How often one request may be turned away before the measurement fails. */
  private static final int ATTEMPTS_MAX = 100;

  private static final int HOSTS = 250;
  private static final int FIRST_NETWORK = 10;
  private static final int SERVER_FAULT = 500;

  private final InetAddress from;
  private final Backoff backoff;
  private final Tally tally;
  private final Turned turned;
  private URI base;
  private @Nullable HttpConnection connection;

  OwnLine(int number, URI base, Tally tally, Turned turned, RandomGenerator random)
      throws IOException {
    byte[] address = {
      127,
      (byte) (FIRST_NETWORK + number / (HOSTS * HOSTS)),
      (byte) (number / HOSTS % HOSTS),
      (byte) (number % HOSTS + 1)
    };
    this.from = InetAddress.getByAddress(address);
    this.base = base;
    this.backoff = new Backoff(random);
    this.tally = tally;
    this.turned = turned;
  }

  /** The coordinator is elsewhere now. */
  void moveTo(URI other) throws IOException {
    close();
    base = other;
  }

  @Override
  public JsonFields send(String path, JsonValue.Obj body)
      throws IOException, InterruptedException, BenchFailed {
    byte[] octets = CanonicalJson.encode(body);
    String last = "";
    for (int failures = 1; failures <= ATTEMPTS_MAX; failures++) {
      Duration asked = Duration.ZERO;
      try {
        HttpConnection.Answer answer = attempt(path, octets);
        if (answer.status() != 429 && answer.status() < SERVER_FAULT) {
          return Api.fields(path, answer);
        }
        turned.status(answer.status());
        last = Api.refusal(answer);
        asked = answer.retryAfter();
        close(); // The refusal may have ended the connection.
      } catch (IOException e) {
        turned.brokeOff();
        last = String.valueOf(e.getMessage());
        close();
      }
      Thread.sleep(backoff.after(failures, asked).toMillis());
    }
    throw new BenchFailed(path + " was turned away " + ATTEMPTS_MAX + " times, at last: " + last);
  }

  private HttpConnection.Answer attempt(String path, byte[] octets) throws IOException {
    HttpConnection open = connection;
    if (open == null) {
      open = new HttpConnection(base, from);
      connection = open;
    }
    long begin = System.nanoTime();
    HttpConnection.Answer answer = open.post(path, "", octets);
    tally.answered(Duration.ofNanos(System.nanoTime() - begin));
    return answer;
  }

  @Override
  public void close() throws IOException {
    HttpConnection open = connection;
    connection = null;
    if (open != null) {
      open.close();
    }
  }
}
