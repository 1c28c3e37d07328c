package org.almoner.command.audit;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.almoner.agent.contact.Sleeper;
import org.almoner.agent.origin.CoordinatorAddress;
import org.almoner.coordinator.desk.SignedBatch;
import org.almoner.ledger.audit.ErasedLeaves;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonParser;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.problem.Problem;

/** The coordinator's routes for an appointed auditor. */
public final class AuditorClient {
  /** Largest answer that is read, in octets: a report and an enrolment in base64, and more. */
  static final int ANSWER_BYTES_MAX = 2 << 20;

  /** Times a request is sent while the coordinator says that it is busy. */
  static final int ATTEMPTS = 5;

  private static final Duration ANSWER_MAX = Duration.ofMinutes(2);
  private static final long PAUSE_SECONDS_MAX = 10;
  private static final int NOT_FOUND = 404;
  private static final int GONE = 410;
  private static final int BUSY = 503;

  private final HttpClient http;
  private final CoordinatorAddress coordinator;
  private final String token;
  private final Sleeper sleeper;

  /**
   * Asks with a token.
   *
   * @param sleeper waits while the coordinator is busy
   */
  public AuditorClient(
      HttpClient http, CoordinatorAddress coordinator, String token, Sleeper sleeper) {
    this.http = http;
    this.coordinator = coordinator;
    this.token = token;
    this.sleeper = sleeper;
  }

  /** The lines that, as the operator says now, nobody can open any more. */
  public ErasedLeaves erased() throws AuditStopped, InterruptedException {
    Answer answer = get("api/v1/audit/erased", ErasedLeaves.FILE_BYTES_MAX);
    try {
      return ErasedLeaves.parse(Bytes.of(answer.octets()));
    } catch (MalformedJson e) {
      throw AuditStopped.because(
          coordinator + " gives no list of erased lines: " + answer.detail());
    }
  }

  /** What opens the line at {@code leaf}. */
  Papers line(long leaf) throws AuditStopped, InterruptedException {
    Answer answer = get("api/v1/audit/leaves/" + leaf, ANSWER_BYTES_MAX);
    return switch (answer.status()) {
      case NOT_FOUND -> new Papers.Missing(answer.detail());
      case GONE -> new Papers.Erased();
      default -> {
        try {
          yield Papers.Opened.parse(answer.fields());
        } catch (MalformedJson e) {
          yield new Papers.Missing("its answer does not fit: " + e.getMessage());
        }
      }
    };
  }

  /** The batch and its release as signed, if the coordinator knows them. */
  Optional<SignedBatch> batch(BatchId id) throws AuditStopped, InterruptedException {
    Answer answer = get("api/v1/audit/batches/" + id.toHex(), ANSWER_BYTES_MAX);
    if (answer.status() == NOT_FOUND) {
      return Optional.empty();
    }
    try {
      JsonFields fields = answer.fields();
      SignedBatch signed =
          new SignedBatch(
              Envelope.parse(Envelope.Kind.BATCH, fields.object("batch")),
              Envelope.parse(Envelope.Kind.RELEASE, fields.object("release")));
      fields.end();
      return Optional.of(signed);
    } catch (MalformedJson e) {
      return Optional.empty();
    }
  }

  private Answer get(String path, long bytesMax) throws AuditStopped, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(coordinator.resolve(path))
            .timeout(ANSWER_MAX)
            .header("Authorization", "Bearer " + token)
            .GET()
            .build();
    for (int attempt = 1; ; attempt++) {
      Answer answer = send(request, bytesMax);
      if (answer.status() / 100 == 2 || answer.status() == NOT_FOUND || answer.status() == GONE) {
        return answer;
      }
      if (answer.status() != BUSY || attempt == ATTEMPTS) {
        throw AuditStopped.because(
            coordinator + " does not let this audit go on: " + answer.detail());
      }
      sleeper.sleep(Duration.ofSeconds(answer.pauseSeconds()));
    }
  }

  private Answer send(HttpRequest request, long bytesMax)
      throws AuditStopped, InterruptedException {
    try {
      HttpResponse<InputStream> response =
          http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        byte[] octets = body.readNBytes((int) bytesMax + 1);
        if (octets.length > bytesMax) {
          throw AuditStopped.because(
              request.uri() + " answers with more than " + bytesMax + " octets");
        }
        long pause = response.headers().firstValueAsLong("Retry-After").orElse(1);
        return new Answer(
            response.statusCode(), octets, Math.max(1, Math.min(pause, PAUSE_SECONDS_MAX)));
      }
    } catch (IOException e) {
      throw AuditStopped.because(
          "no answer from "
              + coordinator
              + " ("
              + e
              + "); run the same command again later, what was looked at is kept");
    }
  }

  private static final class Answer {
    private final int status;
    private final byte[] body;
    private final long pauseSeconds;

    Answer(int status, byte[] body, long pauseSeconds) {
      this.status = status;
      this.body = body;
      this.pauseSeconds = pauseSeconds;
    }

    int status() {
      return status;
    }

    long pauseSeconds() {
      return pauseSeconds;
    }

    byte[] octets() {
      return body.clone();
    }

    JsonFields fields() throws MalformedJson {
      return JsonFields.of(JsonParser.parseObject(body));
    }

    /** What the coordinator says is the matter. */
    String detail() {
      try {
        return Problem.parse(fields()).detail();
      } catch (MalformedJson e) {
        return "it answers " + status;
      }
    }
  }
}
