package org.almoner.coordinator.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.problem.Problem;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.http.util.FastHttpDateFormat;

/** Writes short answers where Jersey is not in the way. */
final class PlainAnswer {
  private PlainAnswer() {}

  static void headers(Response response) {
    HouseHeaders.ALWAYS.forEach(response::setHeader);
    response.setHeader(HouseHeaders.DATE, FastHttpDateFormat.getCurrentDate());
    if (response.getRequest().isSecure()) {
      response.setHeader(HouseHeaders.HSTS, HouseHeaders.ONE_YEAR);
    }
  }

  static void json(Response response, int status, JsonValue value) {
    octets(response, status, "application/json", CanonicalJson.encode(value));
  }

  static void problem(Response response, Problems problems, Throwable failure) {
    Problem problem = problems.of(failure);
    if (problem.status() == 401) {
      response.setHeader("WWW-Authenticate", "Bearer");
    }
    int retryAfter = problems.retryAfterSeconds(problem);
    if (retryAfter > 0) {
      response.setHeader("Retry-After", Integer.toString(retryAfter));
    }
    octets(response, problem.status(), Problem.MEDIA_TYPE, CanonicalJson.encode(problem.toJson()));
  }

  static void octets(Response response, int status, String type, Bytes octets) {
    octets(response, status, type, octets.toArray());
  }

  /** What a reader does not take yet waits in memory, and no thread with it. */
  private static void octets(Response response, int status, String type, byte[] octets) {
    response.setStatus(status);
    response.setContentType(type);
    response.setContentLength(octets.length);
    try {
      response.getNIOOutputStream().write(octets);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
