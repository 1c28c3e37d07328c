package org.almoner.command;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongConsumer;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonParser;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.problem.Problem;

/**
 * Speaks to a coordinator for the command line: small JSON bodies, one token, problems as
 * sentences.
 */
final class OperatorClient {
  /** Longest wait for one answer. */
  static final Duration TIMEOUT = Duration.ofMinutes(5);

  /** Times a file is sent before a broken connection is a failure. */
  private static final int PUT_TRIES_MAX = 4;

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

  /**
   * Sends a file, and again when the connection breaks off: what is there twice is there once.
   *
   * @param sent told of the octets that are on their way, from the first again at each try
   */
  void put(String path, Path file, LongConsumer sent) {
    for (int tries = 1; ; tries++) {
      try {
        HttpRequest.BodyPublisher octets = HttpRequest.BodyPublishers.ofFile(file);
        var unused = bytes("PUT", path, new CountedBody(octets, sent));
        return;
      } catch (Failure e) {
        if (e.isUnreachable() && holds(path)) {
          return; // only the answer was lost
        }
        if (!e.isUnreachable() || tries == PUT_TRIES_MAX) {
          throw e;
        }
        pause(tries);
      } catch (java.io.FileNotFoundException e) {
        throw Failure.failed("there is no file " + file);
      }
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

  /** Saves what the address answers; nothing is saved of a refusal. */
  void download(String path, Path target) {
    HttpRequest request = request(path).GET().build();
    HttpResponse<Path> response;
    try {
      response =
          http.send(
              request,
              info ->
                  info.statusCode() == 200
                      ? HttpResponse.BodySubscribers.ofFile(target)
                      : HttpResponse.BodySubscribers.replacing(target));
    } catch (IOException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.failed("interrupted while waiting for " + base);
    }
    if (response.statusCode() != 200) {
      byte[] unused = download(path); // says why
      throw Failure.failed(base.resolve(path) + " answered " + response.statusCode());
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
        request(path)
            .header(
                "Content-Type",
                method.equals("PUT") ? "application/octet-stream" : "application/json")
            .method(method, body)
            .build();
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
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT);
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
