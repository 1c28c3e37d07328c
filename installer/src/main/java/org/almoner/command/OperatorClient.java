package org.almoner.command;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonParser;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.lease.BlobRef;
import org.almoner.protocol.problem.Problem;

/**
 * Speaks to a coordinator for the command line: small JSON bodies, one token, problems as
 * sentences.
 */
final class OperatorClient {
  /** Longest wait for one answer. */
  static final Duration TIMEOUT = Duration.ofMinutes(5);

  /** Longest wait for a stream of events to begin. */
  private static final Duration EVENTS_BEGIN_MAX = Duration.ofSeconds(30);

  /** Smaller files are sent from the start again, which is quicker than to ask. */
  private static final long RESUME_BYTES_MIN = 1 << 20;

  private static final int OK = 200;
  private static final int PARTIAL_CONTENT = 206;
  private static final int RANGE_NOT_SATISFIABLE = 416;

  /** Times a file is sent or fetched before a broken connection is a failure. */
  private static final int TRIES_MAX = 4;

  /** Rest before the second try; longer before each other. */
  private static final Duration TRY_AGAIN = Duration.ofSeconds(2);

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private final URI base;
  private final String token;

  private OperatorClient(URI base, String token) {
    this.base = base;
    this.token = token;
  }

  /** A client with the token given; an empty token sends none. */
  static OperatorClient of(URI base, String token) {
    return new OperatorClient(base, token);
  }

  /** The client of the coordinator that runs on {@code data}: its address and operator's token. */
  static OperatorClient ofData(Path data) {
    String url = read(data.resolve("coordinator.url"), data);
    String token = read(data.resolve("operator.token"), data);
    return new OperatorClient(URI.create(url), token);
  }

  URI base() {
    return base;
  }

  JsonValue get(String path) {
    return json(bytes("GET", path, HttpRequest.BodyPublishers.noBody()), path);
  }

  byte[] download(String path) {
    return bytes("GET", path, HttpRequest.BodyPublishers.noBody());
  }

  JsonFields post(String path, JsonValue body) {
    if (postForValue(path, body) instanceof JsonValue.Obj object) {
      return JsonFields.of(object);
    }
    throw Failure.failed(base.resolve(path) + " did not answer with an object");
  }

  JsonValue postForValue(String path, JsonValue body) {
    byte[] octets = CanonicalJson.encode(body);
    return json(bytes("POST", path, HttpRequest.BodyPublishers.ofByteArray(octets)), path);
  }

  /** What is answered to an object, as it came. */
  byte[] postForBytes(String path, JsonValue body) {
    return bytes("POST", path, HttpRequest.BodyPublishers.ofByteArray(CanonicalJson.encode(body)));
  }

  /**
   * Sends a blob, and goes on with it when the connection breaks off or an earlier run did: only
   * what is not there is sent.
   *
   * @param sent told of the octets that are there or on their way, of all of them
   */
  void put(Hash digest, Path file, LongConsumer sent) {
    String path = "/api/v1/blobs/" + digest.toHex();
    for (int tries = 1; ; tries++) {
      long from = 0;
      try {
        from = received(digest, file);
        putFrom(path, file, from, sent);
        return;
      } catch (Failure e) {
        if (e.isUnreachable() && holds(path)) {
          return; // only the answer was lost
        }
        boolean again =
            e.isUnreachable() || from > 0; // a part that is no good is thrown away there
        if (!again || tries == TRIES_MAX) {
          throw e;
        }
        pause(tries);
      }
    }
  }

  /** Octets of a large file that are there from a try before. */
  private long received(Hash digest, Path file) {
    if (size(file) < RESUME_BYTES_MIN) {
      return 0;
    }
    return Answer.read(
        get("/api/v1/uploads/" + digest.toHex()),
        fields -> Math.min(fields.integer("received", 0, BlobRef.BYTES_MAX), size(file) - 1));
  }

  private void putFrom(String path, Path file, long from, LongConsumer sent) {
    long size = size(file);
    HttpRequest.Builder put =
        request(path)
            .header("Content-Type", "application/octet-stream")
            .PUT(new CountedBody(new FileRest(file, from), octets -> sent.accept(from + octets)));
    if (from > 0) {
      put.header("Content-Range", "bytes " + from + "-" + (size - 1) + "/" + size);
    }
    var unused = answer(put.build(), path);
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw Failure.failed(file + " cannot be read: " + e.getMessage());
    }
  }

  private static void pause(int tries) {
    try {
      Thread.sleep(TRY_AGAIN.multipliedBy(tries).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.failed("interrupted between two tries");
    }
  }

  /** Whether the blob is there; it is not sent. */
  boolean holds(String path) {
    HttpRequest head = request(path).method("HEAD", HttpRequest.BodyPublishers.noBody()).build();
    try {
      return http.send(head, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Saves what the address answers, behind what {@code target} has of it from a try before; nothing
   * is saved of a refusal. Whether all of it belongs together has to be looked at afterwards.
   */
  void download(String path, Path target) {
    for (int tries = 1; ; tries++) {
      try {
        downloadRest(path, target);
        return;
      } catch (Failure e) {
        if (!e.isUnreachable() || tries == TRIES_MAX) {
          throw e;
        }
        pause(tries);
      }
    }
  }

  private void downloadRest(String path, Path target) {
    long have = Files.exists(target) ? size(target) : 0;
    HttpRequest.Builder request = request(path);
    if (have > 0) {
      request.header("Range", "bytes=" + have + "-");
    }
    HttpResponse<Path> response;
    try {
      response = http.send(request.GET().build(), info -> saving(info.statusCode(), target));
    } catch (IOException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.failed("interrupted while waiting for " + base);
    }
    int status = response.statusCode();
    boolean all = status == RANGE_NOT_SATISFIABLE && have > 0;
    if (status != OK && status != PARTIAL_CONTENT && !all) {
      byte[] unused = download(path); // says why
      throw Failure.failed(base.resolve(path) + " answered " + status);
    }
  }

  private static HttpResponse.BodySubscriber<Path> saving(int status, Path target) {
    return switch (status) {
      case OK ->
          HttpResponse.BodySubscribers.ofFile(
              target,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING);
      case PARTIAL_CONTENT ->
          HttpResponse.BodySubscribers.ofFile(
              target, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
      default -> HttpResponse.BodySubscribers.replacing(target);
    };
  }

  /**
   * Begins to read a stream of events.
   *
   * @throws IOException when there is none, or nobody answers
   */
  ServerEvents events(String path) throws IOException {
    HttpRequest.Builder request = untimed(path).header("Accept", "text/event-stream");
    try {
      HttpResponse<InputStream> response =
          http.sendAsync(request.GET().build(), HttpResponse.BodyHandlers.ofInputStream())
              .get(EVENTS_BEGIN_MAX.toSeconds(), TimeUnit.SECONDS);
      if (response.statusCode() == 200) {
        return new ServerEvents(response.body());
      }
      response.body().close();
      throw new IOException(base.resolve(path) + " answered " + response.statusCode());
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("no events from " + base, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + base, e);
    }
  }

  /** Whether the address answers 200. */
  boolean answers(String path) {
    try {
      return http.send(request(path).GET().build(), HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private byte[] bytes(String method, String path, HttpRequest.BodyPublisher body) {
    HttpRequest request =
        request(path).header("Content-Type", "application/json").method(method, body).build();
    return answer(request, path);
  }

  private byte[] answer(HttpRequest request, String path) {
    try {
      HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() / 100 != 2) {
        throw refused(response, path);
      }
      return response.body();
    } catch (IOException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.failed("interrupted while waiting for " + base);
    }
  }

  private Failure unreachable(IOException e) {
    return Failure.unreachable(
        "no answer from " + base + " (" + e + "): is the coordinator running there?");
  }

  private HttpRequest.Builder request(String path) {
    return untimed(path).timeout(TIMEOUT);
  }

  private HttpRequest.Builder untimed(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return request;
  }

  private Failure refused(HttpResponse<byte[]> response, String path) {
    try {
      Problem problem = Problem.parse(JsonFields.of(JsonParser.parseObject(response.body())));
      return Failure.failed(problem.title() + ": " + problem.detail());
    } catch (MalformedJson e) {
      return Failure.failed(base.resolve(path) + " answered " + response.statusCode());
    }
  }

  private JsonValue json(byte[] octets, String path) {
    try {
      return JsonParser.parse(octets);
    } catch (MalformedJson e) {
      throw Failure.failed(base.resolve(path) + " did not answer in JSON: " + e.getMessage());
    }
  }

  private static String read(Path file, Path data) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8).strip();
    } catch (NoSuchFileException e) {
      throw Failure.wrongUse(
          "no coordinator runs on "
              + data
              + " (there is no "
              + file.getFileName()
              + "): start one with 'almoner serve --data "
              + data
              + "'");
    } catch (IOException e) {
      throw Failure.failed("cannot read " + file + ": " + e.getMessage());
    }
  }
}
