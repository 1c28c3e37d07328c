package org.almoner.ledger.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.almoner.ledger.witness.AddCheckpoint;
import org.almoner.ledger.witness.WitnessClient;

/** A witness at an address. */
public final class HttpWitness implements WitnessClient {
  /** Longest wait for an answer. */
  static final Duration TIMEOUT = Duration.ofSeconds(1);

  private final HttpClient http;
  private final URI address;

  /**
   * Asks at {@code prefix}{@code /add-checkpoint}.
   *
   * @param prefix the witness's submission prefix
   */
  public HttpWitness(HttpClient http, URI prefix) {
    this.http = http;
    String text = prefix.toString();
    this.address = URI.create((text.endsWith("/") ? text : text + "/") + "add-checkpoint");
  }

  @Override
  public Answer add(String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(TIMEOUT)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<InputStream> response =
        http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream in = response.body()) {
      byte[] octets = in.readNBytes(AddCheckpoint.CHARACTERS_MAX);
      return new Answer(response.statusCode(), new String(octets, StandardCharsets.UTF_8));
    }
  }
}
