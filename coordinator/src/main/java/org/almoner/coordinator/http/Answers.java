package org.almoner.coordinator.http;

import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/** Sends the desk's answers when they come, never on the thread that completes them. */
final class Answers {
  /** A question to the desk. */
  @FunctionalInterface
  interface Question {
    CompletableFuture<JsonValue> ask() throws MalformedJson;
  }

  private final Duration timeMax;
  private final Lateness lateness;
  private final Executor executor;

  Answers(Duration timeMax, Lateness lateness, Executor executor) {
    this.timeMax = timeMax;
    this.lateness = lateness;
    this.executor = executor;
  }

  /** Asks, and answers {@code response} later. */
  void later(AsyncResponse response, Question question) throws MalformedJson {
    response.setTimeoutHandler(late -> late.resume(tooLate(timeMax)));
    response.setTimeout(timeMax.toMillis(), TimeUnit.MILLISECONDS);
    long since = lateness.begin();
    CompletableFuture<JsonValue> answer;
    try {
      answer = question.ask();
    } catch (MalformedJson | RuntimeException e) {
      lateness.never();
      throw e;
    }
    var unused =
        answer.whenCompleteAsync(
            (given, failure) -> {
              lateness.end(since);
              if (failure == null) {
                response.resume(json(given));
              } else {
                response.resume(failure);
              }
            },
            executor);
  }

  /** An answer that is there already. */
  static Response json(JsonValue answer) {
    return Response.ok(CanonicalJson.encode(answer), MediaType.APPLICATION_JSON_TYPE).build();
  }

  static Refusal tooLate(Duration timeMax) {
    return new Refusal(
        503,
        "slow-answer",
        "The answer takes too long",
        "no answer came within "
            + timeMax.toMillis()
            + " ms; send the same request again, it changes nothing twice");
  }
}
