package org.almoner.tax.seal;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A time-stamping authority at an address.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3161#section-3.4">RFC 3161, section 3.4</a>
 */
public final class HttpStampLine implements StampLine {
  /** Longest wait for a whole answer. */
  public static final Duration TIMEOUT = Duration.ofSeconds(20);

  private static final String QUERY = "application/timestamp-query";
  private static final String REPLY = "application/timestamp-reply";
  private static final int OK = 200;

  private final HttpClient http;
  private final URI address;

  /** Asks at {@code address}, which begins with http or https. */
  public HttpStampLine(HttpClient http, URI address) {
    this.http = http;
    this.address = address;
  }

  @Override
  public byte[] ask(byte[] request) throws IOException {
    HttpRequest post =
        HttpRequest.newBuilder(address)
            .header("Content-Type", QUERY)
            .header("Accept", REPLY)
            .timeout(TIMEOUT)
            .POST(HttpRequest.BodyPublishers.ofByteArray(request))
            .build();
    CompletableFuture<HttpResponse<byte[]>> asked =
        http.sendAsync(post, head -> new BoundedAnswer(ANSWER_BYTES_MAX));
    try {
      // The request's own limit ends with the head of the answer; this one holds for its body too.
      return octets(asked.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause()), e);
    } catch (TimeoutException e) {
      asked.cancel(true);
      throw new IOException("no whole answer within " + TIMEOUT.toSeconds() + " seconds", e);
    } catch (InterruptedException e) {
      asked.cancel(true);
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while asking", e);
    }
  }

  private static byte[] octets(HttpResponse<byte[]> response) throws IOException {
    if (response.statusCode() != OK) {
      throw new IOException("it answered with HTTP status " + response.statusCode());
    }
    String type = response.headers().firstValue("Content-Type").orElse("nothing");
    if (!type.split(";", 2)[0].strip().equalsIgnoreCase(REPLY)) {
      throw new IOException("it answered with " + type + ", not " + REPLY);
    }
    return response.body();
  }
}
