package org.almoner.coordinator.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.coordinator.http.route.Refusals;
import org.almoner.protocol.problem.Problem;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.FilterChainEvent;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpEvents;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.util.Header;
import org.glassfish.grizzly.http.util.HttpStatus;
import org.glassfish.grizzly.nio.NIOConnection;

/**
 * Gathers a request's body, up to its route's limit, before anything else sees the request: no
 * thread ever waits for a sender. Blobs pass through piece by piece.
 *
 * <p>Octets are counted as they come; a declared length only makes the refusal come sooner.
 */
final class WholeBody extends BaseFilter {
  private static final String REPORTS = "/api/v1/reports";
  private static final String BATCHES = "/api/v1/batches";
  private static final String BATCH_CHECK = "/api/v1/batches/check";

  private final HttpLimits limits;
  private final Doorkeeper keeper;
  private final Problems problems;

  WholeBody(HttpLimits limits, Doorkeeper keeper, Problems problems) {
    this.limits = limits;
    this.keeper = keeper;
    this.problems = problems;
  }

  @Override
  public NextAction handleRead(FilterChainContext ctx) throws IOException {
    if (!(ctx.getMessage() instanceof HttpContent content)) {
      return ctx.getInvokeAction();
    }
    Exchange exchange = Exchange.of(ctx.getConnection());
    if (exchange.isStreaming()) {
      return ctx.getInvokeAction();
    }
    HttpRequestPacket request = (HttpRequestPacket) content.getHttpHeader();
    if (exchange.isOver() && exchange.isNext(request)) {
      // Only an exception keeps Grizzly from parsing all that was sent in one breath.
      throw new IOException("requests go on after one was refused");
    }
    if (HttpContent.isBroken(content) || exchange.isOver()) {
      return ctx.getStopAction();
    }
    if (unreadAnswers(ctx.getConnection()) > HttpLimits.UNREAD_BYTES_MAX) {
      ctx.getConnection().terminateSilently();
      return ctx.getStopAction();
    }
    try {
      return gather(ctx, exchange, request, content);
    } catch (Refusal refusal) {
      exchange.giveUp(limits.request());
      Problem problem = refusal.problem();
      RawRefusal.now(ctx, request, problem, problems.retryAfterSeconds(problem));
      return ctx.getStopAction();
    }
  }

  /**
   * Ignores every wish for another protocol, as RFC 9110 section 7.8 allows. Java's own client
   * wishes for HTTP/2 on its first request, and Grizzly would otherwise never find the end of that
   * request's body.
   */
  @Override
  public NextAction handleEvent(FilterChainContext ctx, FilterChainEvent event) {
    if (event instanceof HttpEvents.IncomingHttpUpgradeEvent upgrade) {
      upgrade.getHttpHeader().getUpgradeDC().recycle();
      upgrade.getHttpHeader().setIgnoreContentModifiers(false);
    }
    return ctx.getInvokeAction();
  }

  /** Octets of answers that the other side has not read, though it asks for more. */
  private static int unreadAnswers(Connection<?> connection) {
    return connection instanceof NIOConnection socket
        ? socket.getAsyncWriteQueue().spaceInBytes()
        : 0;
  }

  private NextAction gather(
      FilterChainContext ctx, Exchange exchange, HttpRequestPacket request, HttpContent content) {
    exchange.octetsCame(limits.request());
    boolean first = exchange.beginsWith(request);
    if (first) {
      exchange.askedBy(keeper.admit(ctx.getConnection(), request));
    }
    if (first) {
      requireOneFrame(request);
    }
    if (first && BlobHandler.takes(request)) {
      exchange.stream();
      return ctx.getInvokeAction();
    }
    int max = bytesMax(request.getRequestURI());
    int size = content.getContent().remaining();
    if (Math.max(size, request.getContentLength()) > max) {
      throw Refusals.tooLarge(
          "the body of "
              + request.getRequestURI()
              + " has at most "
              + max
              + " octets and more were sent or announced; send less at a time");
    }
    if (!exchange.hold(size)) {
      throw Refusals.busy("too many requests are arriving at once; try again a little later");
    }
    if (!content.isLast()) {
      if (first) {
        askForBody(ctx, request);
      }
      return ctx.getStopAction(content);
    }
    return exchange.complete() ? ctx.getInvokeAction() : ctx.getStopAction();
  }

  /** Refuses what another server in between might end elsewhere than this one does. */
  private static void requireOneFrame(HttpRequestPacket request) {
    List<String> codings = new ArrayList<>();
    request.getHeaders().values(Header.TransferEncoding).forEach(codings::add);
    if (codings.isEmpty()) {
      return;
    }
    if (codings.size() > 1 || !codings.get(0).strip().equalsIgnoreCase("chunked")) {
      throw Refusals.malformed(
          "the only Transfer-Encoding taken is chunked, once and nothing beside it; "
              + "send the body so, or with a Content-Length");
    }
    if (request.getHeader(Header.ContentLength) != null) {
      throw Refusals.malformed("a body has either a Content-Length or is chunked, not both");
    }
  }

  /** Most octets a body of the route at {@code path} may have. */
  static int bytesMax(String path) {
    return switch (path) {
      case REPORTS -> HttpLimits.REPORT_BYTES_MAX;
      case BATCHES, BATCH_CHECK -> HttpLimits.BATCH_BYTES_MAX;
      default -> HttpLimits.BODY_BYTES_MAX;
    };
  }

  private static void askForBody(FilterChainContext ctx, HttpRequestPacket request) {
    if (!request.requiresAcknowledgement()) {
      return;
    }
    if (!"100-continue".equalsIgnoreCase(request.getHeader(Header.Expect))) {
      throw new Refusal(
          417, "expectation-failed", "Unknown expectation", "only Expect: 100-continue is known");
    }
    HttpStatus.CONINTUE_100.setValues(request.getResponse());
    request.getResponse().setAcknowledgement(true);
    ctx.write(request.getResponse());
  }
}
