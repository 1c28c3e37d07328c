package org.almoner.coordinator.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.almoner.coordinator.http.route.AgentRoutes;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.glassfish.grizzly.http.Method;
import org.glassfish.grizzly.http.io.NIOInputStream;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.http.util.Header;

/**
 * What agents ask again and again: leases and reports. Beside Jersey, which takes more processor
 * time for such a request than all that is decided and written for it; what is not asked in the
 * plain form that agents use goes to Jersey, and is answered or refused there.
 */
final class AgentHandler {
  static final String LEASES = "/api/v1/leases";
  static final String REPORTS = "/api/v1/reports";

  private static final String JSON = "application/json";

  private final AgentRoutes routes;
  private final Problems problems;
  private final Duration timeMax;
  private final Lateness lateness;
  private final Executor executor;

  /**
   * Answers on the thread that completes an answer, which the desk has for that; a refusal may come
   * on any and is told on {@code executor}. Neither ever waits for a reader.
   *
   * @param timeMax longest an answer may take
   */
  AgentHandler(
      AgentRoutes routes,
      Problems problems,
      Duration timeMax,
      Lateness lateness,
      Executor executor) {
    this.lateness = lateness;
    this.routes = routes;
    this.problems = problems;
    this.timeMax = timeMax;
    this.executor = executor;
  }

  /** Whether the request is answered here. */
  static boolean takes(Request request) {
    String path = request.getRequestURI();
    return request.getMethod() == Method.POST
        && (path.equals(LEASES) || path.equals(REPORTS))
        && JSON.equals(request.getHeader(Header.ContentType))
        && takesJson(request.getHeader(Header.Accept));
  }

  private static boolean takesJson(String accept) {
    return accept == null || accept.equals(JSON) || accept.equals("*/*");
  }

  void service(Request request, Response response) {
    PlainAnswer.headers(response);
    CompletableFuture<JsonValue> answer;
    long since;
    try {
      byte[] body = body(request);
      since = lateness.begin();
      answer = asked(request, body);
    } catch (MalformedJson | RuntimeException e) {
      PlainAnswer.problem(response, problems, e);
      return;
    }
    Waiting waiting = new Waiting(response);
    response.suspend(
        timeMax.toMillis(),
        TimeUnit.MILLISECONDS,
        null,
        late -> {
          waiting.refuse(Answers.tooLate(timeMax));
          return false;
        });
    var unused =
        answer.whenComplete(
            (json, failure) -> {
              lateness.end(since);
              if (failure == null) {
                waiting.answer(json);
              } else {
                executor.execute(() -> waiting.refuse(failure));
              }
            });
  }

  private CompletableFuture<JsonValue> asked(Request request, byte[] body) throws MalformedJson {
    try {
      return request.getRequestURI().equals(LEASES) ? routes.lease(body) : routes.report(body);
    } catch (MalformedJson | RuntimeException e) {
      lateness.never();
      throw e;
    }
  }

  /** The body, which was gathered before. */
  private static byte[] body(Request request) {
    NIOInputStream in = request.getNIOInputStream();
    byte[] octets = new byte[in.readyData()];
    try {
      int read = in.readNBytes(octets, 0, octets.length);
      if (read < octets.length) {
        throw new IOException("a body of " + octets.length + " octets ended after " + read);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return octets;
  }

  /** An answer that is still to be sent, once. */
  private final class Waiting {
    private final Response response;
    private final AtomicBoolean sent = new AtomicBoolean();

    Waiting(Response response) {
      this.response = response;
    }

    void answer(JsonValue json) {
      if (sent.compareAndSet(false, true)) {
        PlainAnswer.json(response, 200, json);
        response.resume();
      }
    }

    void refuse(Throwable failure) {
      if (sent.compareAndSet(false, true)) {
        PlainAnswer.problem(response, problems, failure);
        response.resume();
      }
    }
  }
}
