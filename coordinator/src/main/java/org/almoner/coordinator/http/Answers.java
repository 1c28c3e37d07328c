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
  private final Executor executor;

  Answers(Duration timeMax, Executor executor) {
    this.timeMax = timeMax;
    this.executor = executor;
  }

  /** Asks, and answers {@code waiting} later. */
  void later(AsyncResponse waiting, Question question) throws MalformedJson {
    waiting.setTimeoutHandler(late -> late.resume(tooLate(timeMax)));
    waiting.setTimeout(timeMax.toMillis(), TimeUnit.MILLISECONDS);
    var unused =
        question
            .ask()
            .whenCompleteAsync(
                (answer, failure) -> {
                  if (failure == null) {
                    waiting.resume(json(answer));
                  } else {
                    waiting.resume(failure);
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
