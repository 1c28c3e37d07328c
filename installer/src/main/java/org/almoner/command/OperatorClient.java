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

  void put(String path, Path file) {
    try {
      bytes("PUT", path, HttpRequest.BodyPublishers.ofFile(file));
    } catch (java.io.FileNotFoundException e) {
      throw Failure.failed("there is no file " + file);
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
      throw Failure.failed(
          "no answer from " + base + " (" + e + "): is the coordinator running there?");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.failed("interrupted while waiting for " + base);
    }
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
