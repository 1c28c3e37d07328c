package org.almoner.command.bench;

import java.io.IOException;
import java.time.Duration;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;

/**
 * Sends the requests of agents over one connection and times each. Whoever is told to come back
 * does, with the same request.
 */
final class Requests implements Sending {
  /** How often one request may be put off before the measurement fails. */
  private static final int PUT_OFF_MAX = 100;

  private static final long PAUSE_MS = 50;

  private final HttpConnection connection;
  private final Tally tally;

  Requests(HttpConnection connection, Tally tally) {
    this.connection = connection;
    this.tally = tally;
  }

  @Override
  public JsonFields send(String path, JsonValue.Obj body)
      throws IOException, InterruptedException, BenchFailed {
    byte[] octets = CanonicalJson.encode(body);
    HttpConnection.Answer answer = timed(path, octets);
    for (int i = 0; putOff(answer) && i < PUT_OFF_MAX; i++) {
      tally.refused();
      Thread.sleep(PAUSE_MS);
      answer = timed(path, octets);
    }
    if (!answer.good()) {
      tally.refused();
    }
    return Api.fields(path, answer);
  }

  private HttpConnection.Answer timed(String path, byte[] octets) throws IOException {
    long from = System.nanoTime();
    HttpConnection.Answer answer = connection.post(path, "", octets);
    tally.answered(Duration.ofNanos(System.nanoTime() - from));
    return answer;
  }

  private static boolean putOff(HttpConnection.Answer answer) {
    return answer.status() == 429 || answer.status() == 503;
  }
}
