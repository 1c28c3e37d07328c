package org.almoner.coordinator.http;

import jakarta.ws.rs.WebApplicationException;
import java.util.HexFormat;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.random.RandomGenerator;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.coordinator.http.route.Refusals;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.problem.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever went wrong into what the sender is told. */
final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  /** Longest wait asked of a client that is refused for now, in seconds; drawn from 1 to this. */
  static final int RETRY_AFTER_SECONDS_MAX = 5;

  /** The same for whoever asks too often: others behind the same address wait as well. */
  static final int TOO_MANY_SECONDS_MAX = 15;

  private static final int TOO_MANY = 429;

  private final RandomGenerator random;
  private final HttpMeters meters;

  Problems(RandomGenerator random, HttpMeters meters) {
    this.meters = meters;
    this.random = random;
  }

  /** The problem behind {@code failure}; what nobody foresaw is logged under an incident number. */
  Problem of(Throwable failure) {
    if (failure instanceof CompletionException && failure.getCause() != null) {
      return of(failure.getCause());
    }
    if (failure instanceof Refusal refusal) {
      return refusal.problem();
    }
    if (failure instanceof RejectedExecutionException) {
      return Refusals.busy("too many are asking for this at once; try again a little later")
          .problem();
    }
    if (failure instanceof MalformedJson malformed) {
      return Refusals.malformed(malformed).problem();
    }
    if (failure instanceof WebApplicationException refused
        && refused.getResponse().getStatus() < 500) {
      return ofStatus(refused.getResponse().getStatus());
    }
    return incident(failure);
  }

  /**
   * Whether the sender is told to come back, and when, in seconds; 0 for no. Asked once for each
   * problem that is sent, which is counted here.
   */
  int retryAfterSeconds(Problem problem) {
    meters.refused(problem);
    return switch (problem.status()) {
      case TOO_MANY -> 1 + random.nextInt(TOO_MANY_SECONDS_MAX);
      case 503 -> 1 + random.nextInt(RETRY_AFTER_SECONDS_MAX);
      default -> 0;
    };
  }

  /** A refusal by the routing itself, before any route was chosen. */
  Problem ofStatus(int status) {
    return switch (status) {
      case 404 ->
          new Problem(
              status,
              "not-found",
              "There is nothing here",
              "no route has this path; docs/reference/api.md lists them all");
      case 405 -> methodNotAllowed();
      case 406 ->
          new Problem(
              status,
              "not-acceptable",
              "No such form of this is offered",
              "the header Accept excludes what this route answers; leave it out");
      case 415 ->
          new Problem(
              status,
              "unsupported-media-type",
              "The body is of another type",
              "this route takes Content-Type: application/json");
      default ->
          status >= 400 && status < 500
              ? new Problem(
                  status,
                  "malformed-request",
                  "The request is not well formed",
                  "the request could not be read; docs/reference/api.md says what routes take")
              : incident(new IllegalStateException("the HTTP library answered " + status));
    };
  }

  static Problem methodNotAllowed() {
    return new Problem(
        405,
        "method-not-allowed",
        "The route does not take this method",
        "this path takes other methods; the header Allow names them");
  }

  private Problem incident(Throwable failure) {
    String number = HexFormat.of().toHexDigits(random.nextLong());
    LOG.atError()
        .setCause(failure)
        .addKeyValue("incident", number)
        .log("a request failed in a way nobody foresaw");
    return new Problem(
        500,
        "incident",
        "Something went wrong here",
        "the fault is ours; tell the operator incident " + number + " and try again later");
  }
}
