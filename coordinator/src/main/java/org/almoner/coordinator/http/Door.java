package org.almoner.coordinator.http;

import java.net.URI;
import java.net.URISyntaxException;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.coordinator.http.route.Refusals;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.RequestExecutorProvider;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpContainer;

/**
 * Where every request comes in: looks at its target and host, then hands it to the agents' hot
 * routes, the blobs, the events or Jersey.
 */
final class Door extends HttpHandler {
  private static final String TARGET_MARKS = "-._~/!$&'()*+,=:@";

  private static final RequestExecutorProvider WORKERS =
      new RequestExecutorProvider.WorkerThreadProvider();

  private final GrizzlyHttpContainer jersey;
  private final AgentHandler agents;
  private final BlobHandler blobs;
  private final Events events;
  private final BatchEvents batches;
  private final Watched watched;
  private final Doorkeeper keeper;

  Door(
      GrizzlyHttpContainer jersey,
      AgentHandler agents,
      BlobHandler blobs,
      Events events,
      BatchEvents batches,
      Watched watched,
      Doorkeeper keeper) {
    this.watched = watched;
    this.keeper = keeper;
    this.jersey = jersey;
    this.agents = agents;
    this.blobs = blobs;
    this.events = events;
    this.batches = batches;
  }

  /** The threads that read hand every whole request to a worker. */
  @Override
  public RequestExecutorProvider getRequestExecutorProvider() {
    return WORKERS;
  }

  @Override
  public void start() {
    jersey.start();
  }

  @Override
  public void destroy() {
    jersey.destroy();
  }

  @Override
  public void service(Request request, Response response) {
    Exchange exchange = Exchange.of(request.getContext().getConnection());
    request.addAfterServiceListener(
        served -> {
          int status = served.getResponse().getStatus();
          exchange.client().ifPresent(client -> keeper.answered(client, status));
          exchange.answered();
        });
    watched.follow(request, response);
    try {
      requirePlainTarget(request);
      watched.requireOpen(request);
    } catch (Refusal refusal) {
      PlainAnswer.headers(response);
      blobs.refuse(response, refusal);
      return;
    }
    if (AgentHandler.takes(request)) {
      agents.service(request, response);
    } else if (BlobHandler.owns(request.getRequestURI())) {
      blobs.service(request, response, exchange);
    } else if (request.getRequestURI().equals(Events.PATH)) {
      events.service(request, response);
    } else if (BatchEvents.owns(request.getRequestURI())) {
      batches.service(request, response);
    } else {
      jersey.service(request, response);
    }
  }

  /** The body is asked for by whoever takes it. */
  @Override
  protected boolean sendAcknowledgment(Request request, Response response) {
    return true;
  }

  private static void requirePlainTarget(Request request) {
    String path = request.getRequestURI();
    String query = request.getQueryString() == null ? "" : request.getQueryString();
    if (path.length() + query.length() > HttpLimits.TARGET_MAX) {
      throw new Refusal(
          414,
          "target-too-long",
          "The address is too long",
          "path and query have at most " + HttpLimits.TARGET_MAX + " characters");
    }
    if (!isPlainPath(path)) {
      throw Refusals.malformed(
          "a path here starts with '/' and has letters, digits and plain marks only, without"
              + " percent signs, ';', '.' and '..', and without '/' twice or at its end");
    }
    if (!consistsOf(query, TARGET_MARKS + ";%?")) {
      throw Refusals.malformed("the query has characters that must be percent-encoded");
    }
    requirePlainHost(request);
  }

  /**
   * Whether {@code path} is the one way to write what it means. Limits look at it as it came, and
   * Jersey drops what follows a semicolon and a last slash.
   */
  private static boolean isPlainPath(String path) {
    if (path.equals("/")) {
      return true;
    }
    String closed = path + "/";
    return path.startsWith("/")
        && consistsOf(path, TARGET_MARKS)
        && !closed.contains("//")
        && !closed.contains("/./")
        && !closed.contains("/../");
  }

  /** Jersey builds a URI of the host and takes a failure for its own. */
  private static void requirePlainHost(Request request) {
    try {
      var unused =
          new URI(
              request.getScheme(),
              null,
              request.getServerName(),
              request.getServerPort(),
              "/",
              null,
              null);
    } catch (URISyntaxException e) {
      throw Refusals.malformed("the header Host is not a host name with an optional port");
    }
  }

  private static boolean consistsOf(String text, String marks) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!plain && marks.indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }
}
