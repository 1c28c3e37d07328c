package org.almoner.command.audit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import org.almoner.agent.contact.Sleeper;
import org.almoner.agent.origin.CoordinatorAddress;
import org.almoner.coordinator.desk.SignedBatch;
import org.almoner.ledger.audit.ErasedLeaves;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
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
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int OK = 200;
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

  /**
   * Fetches an output that the line at {@code leaf} names, or that is its unit's result.
   *
   * @param bytesMax largest bundle that is taken
   * @return whether it came; not when the coordinator has none, or what it gives is larger or of
   *     another digest
   */
  boolean output(long leaf, Hash digest, long bytesMax, Path file)
      throws AuditStopped, InterruptedException, IOException {
    HttpRequest request = request("api/v1/outputs/" + digest.toHex() + "?leaf=" + leaf);
    for (int attempt = 1; ; attempt++) {
      HttpResponse<InputStream> response = open(request);
      try (InputStream body = response.body()) {
        if (response.statusCode() == OK) {
          return keep(body, digest, bytesMax, file);
        }
        Answer answer = answer(response, body.readNBytes(ANSWER_BYTES_MAX));
        if (answer.status() == NOT_FOUND || answer.status() == GONE) {
          return false;
        }
        pause(answer, attempt);
      } catch (IOException e) {
        throw unanswered(e);
      }
    }
  }

  private static boolean keep(InputStream body, Hash digest, long bytesMax, Path file)
      throws IOException {
    MessageDigest found = Hash.newDigest();
    byte[] buffer = new byte[BUFFER_BYTES];
    long left = bytesMax;
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
        left -= n;
        if (left < 0) {
          return false;
        }
        found.update(buffer, 0, n);
        out.write(buffer, 0, n);
      }
    }
    return Hash.of(found.digest()).equals(digest);
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(coordinator.resolve(path))
        .timeout(ANSWER_MAX)
        .header("Authorization", "Bearer " + token)
        .GET()
        .build();
  }

  private Answer get(String path, long bytesMax) throws AuditStopped, InterruptedException {
    HttpRequest request = request(path);
    for (int attempt = 1; ; attempt++) {
      Answer answer = send(request, bytesMax);
      if (answer.status() / 100 == 2 || answer.status() == NOT_FOUND || answer.status() == GONE) {
        return answer;
      }
      pause(answer, attempt);
    }
  }

  /** Waits while the coordinator is busy; gives up at anything else. */
  private void pause(Answer answer, int attempt) throws AuditStopped, InterruptedException {
    if (answer.status() != BUSY || attempt == ATTEMPTS) {
      throw AuditStopped.because(
          coordinator + " does not let this audit go on: " + answer.detail());
    }
    sleeper.sleep(Duration.ofSeconds(answer.pauseSeconds()));
  }

  private Answer send(HttpRequest request, long bytesMax)
      throws AuditStopped, InterruptedException {
    HttpResponse<InputStream> response = open(request);
    try (InputStream body = response.body()) {
      byte[] octets = body.readNBytes((int) bytesMax + 1);
      if (octets.length > bytesMax) {
        throw AuditStopped.because(
            request.uri() + " answers with more than " + bytesMax + " octets");
      }
      return answer(response, octets);
    } catch (IOException e) {
      throw unanswered(e);
    }
  }

  private static Answer answer(HttpResponse<InputStream> response, byte[] octets) {
    long pause = response.headers().firstValueAsLong("Retry-After").orElse(1);
    return new Answer(
        response.statusCode(), octets, Math.max(1, Math.min(pause, PAUSE_SECONDS_MAX)));
  }

  private HttpResponse<InputStream> open(HttpRequest request)
      throws AuditStopped, InterruptedException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw unanswered(e);
    }
  }

  private AuditStopped unanswered(IOException e) {
    return AuditStopped.because(
        "no answer from "
            + coordinator
            + " ("
            + e
            + "); run the same command again later, what was looked at is kept");
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
