package org.almoner.trials.world;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.identity.PublicKey;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonParser;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * Anyone who speaks to a coordinator over HTTP with one token, or with none.
 *
 * @param base the coordinator's address
 * @param token empty to send none
 */
public record Caller(HttpClient http, URI base, String token) {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Someone without a token. */
  public static Caller anyone(URI base) {
    return new Caller(
        HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build(), base, "");
  }

  /** The same, with a token. */
  public Caller with(String other) {
    return new Caller(http, base, other);
  }

  /** A whole answer. */
  public static final class Reply {
    private final int status;
    private final String type;
    private final byte[] body;

    Reply(int status, String type, byte[] body) {
      this.status = status;
      this.type = type;
      this.body = body;
    }

    public int status() {
      return status;
    }

    /** Its media type, empty when it names none. */
    public String type() {
      return type;
    }

    public byte[] body() {
      return body.clone();
    }

    /** The object in the body, to be read field by field. */
    public JsonFields fields() {
      return JsonFields.of(object());
    }

    /** The object in the body. */
    public JsonValue.Obj object() {
      try {
        return JsonParser.parseObject(body);
      } catch (MalformedJson e) {
        throw new AssertionError("no JSON object came with status " + status, e);
      }
    }

    /** Fails unless the status is one of success. */
    public Reply good() {
      if (status / 100 != 2) {
        throw new AssertionError("status " + status + ": " + new String(body, UTF_8));
      }
      return this;
    }
  }

  private static final java.nio.charset.Charset UTF_8 = java.nio.charset.StandardCharsets.UTF_8;

  /** The agreed output of one unit. */
  public Reply output(String batch, Result result) throws IOException {
    return get("/api/v1/outputs/" + result.output() + "?batch=" + batch + "&unit=" + result.unit());
  }

  public Reply get(String path) throws IOException {
    return send(request(path).GET().build());
  }

  public Reply post(String path, JsonValue body) throws IOException {
    return post(path, CanonicalJson.encode(body));
  }

  /** Posts octets that may be no JSON at all. */
  public Reply post(String path, byte[] body) throws IOException {
    return exchange("POST", path, "application/json", BodyPublishers.ofByteArray(body));
  }

  public Reply put(String path, byte[] body) throws IOException {
    return exchange("PUT", path, "application/octet-stream", BodyPublishers.ofByteArray(body));
  }

  /** Any request at all. */
  public Reply exchange(String method, String path, String type, BodyPublisher body)
      throws IOException {
    return send(request(path).header("Content-Type", type).method(method, body).build());
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE);
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return request;
  }

  private Reply send(HttpRequest request) throws IOException {
    try {
      HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      String type = response.headers().firstValue("Content-Type").orElse("");
      return new Reply(response.statusCode(), type, response.body());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  // What the operator does.

  /** Approves an owner; returns the owner's token. */
  public String approveOwner(String name, PublicKey key) throws IOException {
    JsonValue body = JsonValue.Obj.of().put("name", name).put("key", key.toHex()).build();
    return text(post("/api/v1/operator/owners", body).good(), "token");
  }

  /** A donor's pseudonym and token. */
  public record Account(DonorId donor, String token) {}

  /** Adds a donor by name. */
  public Account addDonor(String name) throws IOException {
    Reply reply =
        post("/api/v1/register/donors", JsonValue.Obj.of().put("name", name).build()).good();
    return new Account(DonorId.parseHex(text(reply, "donor")), text(reply, "token"));
  }

  public String drawCode(DonorId donor) throws IOException {
    String path = "/api/v1/operator/accounts/" + donor.toHex() + "/codes";
    return text(post(path, JsonValue.Obj.of().build()).good(), "code");
  }

  /** Settles what has matured; returns how many lines. */
  public long settle() throws IOException {
    Reply reply = post("/api/v1/operator/settle", JsonValue.Obj.of().build()).good();
    return number(reply.fields(), "settled");
  }

  // What anyone may see.

  /** How a batch stands. */
  public record Standing(
      long units, long leased, long reported, long accepted, long failed, boolean done) {}

  public Standing batch(String id) throws IOException {
    JsonFields fields = get("/api/v1/batches/" + id).good().fields();
    try {
      return new Standing(
          number(fields, "units"),
          number(fields, "leased"),
          number(fields, "reported"),
          number(fields, "accepted"),
          number(fields, "failed"),
          fields.bool("done"));
    } catch (MalformedJson e) {
      throw new AssertionError(e);
    }
  }

  /** An agreed result. */
  public record Result(long unit, String output, long count) {}

  /** All agreed results of a batch; for its owner and the operator. */
  public List<Result> results(String batch) throws IOException {
    List<Result> all = new ArrayList<>();
    long from = 0;
    while (true) {
      String path = "/api/v1/batches/" + batch + "/results?from=" + from + "&limit=1000";
      List<Result> page = new ArrayList<>();
      for (JsonFields fields : list(get(path).good())) {
        page.add(
            new Result(number(fields, "unit"), text(fields, "output"), number(fields, "count")));
      }
      if (page.isEmpty()) {
        return all;
      }
      all.addAll(page);
      from = page.get(page.size() - 1).unit() + 1;
    }
  }

  /** The objects of an answer that is an array. */
  public static List<JsonFields> list(Reply reply) {
    try {
      List<JsonFields> list = new ArrayList<>();
      for (JsonValue item : ((JsonValue.Array) JsonParser.parse(reply.good().body())).items()) {
        list.add(JsonFields.of((JsonValue.Obj) item));
      }
      return list;
    } catch (MalformedJson e) {
      throw new AssertionError(e);
    }
  }

  public static String text(Reply reply, String name) {
    return text(reply.fields(), name);
  }

  public static String text(JsonFields fields, String name) {
    try {
      return fields.freeText(name, 10_000);
    } catch (MalformedJson e) {
      throw new AssertionError(e);
    }
  }

  private static long number(JsonFields fields, String name) {
    try {
      return fields.integer(name, 0, JsonValue.INTEGER_MAX);
    } catch (MalformedJson e) {
      throw new AssertionError(e);
    }
  }

  /** The octets at {@code path}, or nothing when there are none. */
  Optional<byte[]> find(String path) throws IOException {
    Reply reply = get(path);
    return reply.status() == 404 ? Optional.empty() : Optional.of(reply.good().body());
  }
}
