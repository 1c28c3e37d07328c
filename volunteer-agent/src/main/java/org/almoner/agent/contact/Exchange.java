package org.almoner.agent.contact;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.almoner.protocol.bytes.Bytes;

/** One request and its bounded response; breaks off when nothing moves. */
final class Exchange {
  /** Largest response body that says why something was refused. */
  static final int PROBLEM_OCTETS_MAX = 64 * 1024;

  /** What is set aside of a day's octets for an answer whose length nobody knows. */
  private static final long ANSWER_EXPECTED = 1 << 20;

  private final HttpClient http;
  private final Duration stallMax;
  private final Allowance allowance;

  Exchange(HttpClient http, Duration stallMax, Allowance allowance) {
    this.http = http;
    this.stallMax = stallMax;
    this.allowance = allowance;
  }

  /**
   * A whole response.
   *
   * @param body empty when it went into a file
   */
  record Response(int status, HttpHeaders headers, Bytes body) {
    /** First value of a header, or the empty string. */
    String header(String name) {
      return headers.firstValue(name).orElse("");
    }
  }

  /**
   * Sends, and waits for as long as octets keep moving, but no longer than {@code rounds} times the
   * stall limit.
   *
   * @param sink takes the body of a 200; any other body stays in memory
   * @param max octets the sink may take
   * @param progress grows while a request body goes out
   * @param use what the day's octets are spent on
   * @throws AllowanceSpent when they are used up
   */
  Response send(
      HttpRequest request, Sink sink, long max, AtomicLong progress, long rounds, Allowance.Use use)
      throws IOException, InterruptedException {
    long body = Math.max(0, request.bodyPublisher().map(BodyPublisher::contentLength).orElse(0L));
    boolean known = use == Allowance.Use.WORK && body == 0;
    long taken = body + Allowance.HEADERS + (known ? max : Math.min(max, ANSWER_EXPECTED));
    allowance.take(use, taken);
    AtomicLong received = new AtomicLong();
    try {
      return send(request, sink, max, progress, rounds, received);
    } finally {
      allowance.settle(taken, body + Allowance.HEADERS + received.get());
    }
  }

  private Response send(
      HttpRequest request,
      Sink sink,
      long max,
      AtomicLong progress,
      long rounds,
      AtomicLong received)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<Bytes>> response =
        http.sendAsync(
            introduced(request),
            info ->
                info.statusCode() == 200
                    ? new BoundedBody(sink, max, received)
                    : new BoundedBody(new MemorySink(), PROBLEM_OCTETS_MAX, received));
    try {
      return await(response, progress, received, rounds);
    } finally {
      // Closes the connection when it is not over; otherwise does nothing.
      response.cancel(true);
    }
  }

  /** Says who asks to a proxy that wants to know; the coordinator is not told. */
  private HttpRequest introduced(HttpRequest request) {
    String who =
        http.proxy()
            .filter(SystemProxy.class::isInstance)
            .map(SystemProxy.class::cast)
            .map(proxy -> proxy.authorization(request.uri()))
            .orElse("");
    return who.isEmpty()
        ? request
        : HttpRequest.newBuilder(request, (name, value) -> true)
            .header("Proxy-Authorization", who)
            .build();
  }

  private Response await(
      CompletableFuture<HttpResponse<Bytes>> response,
      AtomicLong sent,
      AtomicLong received,
      long rounds)
      throws IOException, InterruptedException {
    long moved = -1;
    for (long round = 0; round < rounds; round++) {
      try {
        HttpResponse<Bytes> done = response.get(stallMax.toMillis(), TimeUnit.MILLISECONDS);
        return new Response(done.statusCode(), done.headers(), done.body());
      } catch (TimeoutException e) {
        long now = sent.get() + received.get();
        if (now == moved || now == 0) {
          break;
        }
        moved = now;
      } catch (ExecutionException e) {
        throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
      }
    }
    throw new IOException("no answer within " + stallMax.toSeconds() + " s");
  }
}
