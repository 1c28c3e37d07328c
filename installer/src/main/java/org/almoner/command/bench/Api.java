package org.almoner.command.bench;

import java.io.IOException;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonParser;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.problem.Problem;

/** Asks over one connection, in JSON; for what is asked before and after the load. */
final class Api {
  private final HttpConnection connection;
  private final String token;

  /**
   * Speaks as whoever holds {@code token}.
   *
   * @param token empty for what anyone may ask
   */
  Api(HttpConnection connection, String token) {
    this.connection = connection;
    this.token = token;
  }

  JsonFields get(String path) throws IOException, BenchFailed {
    return fields(path, connection.get(path));
  }

  JsonFields post(String path, JsonValue.Obj body) throws IOException, BenchFailed {
    return fields(path, connection.post(path, token, CanonicalJson.encode(body)));
  }

  void put(String path, byte[] octets) throws IOException, BenchFailed {
    var unused = fields(path, connection.put(path, token, octets));
  }

  /** The fields of a good answer. */
  static JsonFields fields(String path, HttpConnection.Answer answer) throws BenchFailed {
    if (!answer.good()) {
      throw new BenchFailed(path + " was refused: " + refusal(answer));
    }
    try {
      return JsonFields.of(JsonParser.parseObject(answer.body().toArray()));
    } catch (MalformedJson e) {
      throw new BenchFailed(path + " was not answered in JSON: " + e.getMessage(), e);
    }
  }

  /** Why a request was refused, in one sentence. */
  static String refusal(HttpConnection.Answer answer) {
    try {
      Problem problem =
          Problem.parse(JsonFields.of(JsonParser.parseObject(answer.body().toArray())));
      return problem.status() + " " + problem.slug() + ": " + problem.detail();
    } catch (MalformedJson e) {
      return "status " + answer.status();
    }
  }
}
