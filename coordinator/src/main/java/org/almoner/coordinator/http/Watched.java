package org.almoner.coordinator.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.coordinator.http.route.Gate;
import org.glassfish.grizzly.http.Method;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;

/** Counts requests, and turns those away that would write when nothing may be written. */
final class Watched {
  private static final Set<Method> READING = Set.of(Method.GET, Method.HEAD, Method.OPTIONS);

  /**
   * Take a body and write nothing here: a sitting lies in memory, a check changes nothing, and a
   * copy goes to another disk.
   */
  private static final Set<String> WRITE_NOTHING =
      Set.of("/me", "/me/sign-out", "/api/v1/batches/check", BackupResource.PATH);

  private final Gate gate;
  private final HttpMeters meters;
  private final InstantSource clock;

  Watched(Gate gate, HttpMeters meters, InstantSource clock) {
    this.gate = gate;
    this.meters = meters;
    this.clock = clock;
  }

  /** Counts the request when it was answered. */
  void follow(Request request, Response response) {
    Instant came = clock.instant();
    RouteClass route = RouteClass.of(request.getRequestURI());
    request.addAfterServiceListener(
        served ->
            meters.answered(route, response.getStatus(), Duration.between(came, clock.instant())));
  }

  /** Throws the gate's {@code Refusal} when the request would write and nothing may be. */
  void requireOpen(Request request) {
    if (READING.contains(request.getMethod())) {
      return;
    }
    Optional<Refusal> closed = gate.closed();
    if (closed.isPresent() && !WRITE_NOTHING.contains(request.getRequestURI())) {
      throw closed.get();
    }
  }
}
