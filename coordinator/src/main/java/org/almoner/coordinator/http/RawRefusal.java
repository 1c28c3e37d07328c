package org.almoner.coordinator.http;

import java.time.Duration;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.problem.Problem;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.http.util.HttpStatus;
import org.glassfish.grizzly.memory.Buffers;

/** Refuses a request that never reached a route; the connection ends with it. */
final class RawRefusal {
  private RawRefusal() {}

  /** Refuses while octets of the body may still be coming; they are skipped within bounds. */
  static void now(
      FilterChainContext ctx, HttpRequestPacket request, Problem problem, int retryAfterSeconds) {
    if (retryAfterSeconds > 0) {
      request.getResponse().setHeader("Retry-After", Integer.toString(retryAfterSeconds));
    }
    ctx.write(content(ctx.getConnection(), request, problem));
    ctx.notifyDownstream(HttpServerFilter.RESPONSE_COMPLETE_EVENT);
  }

  /** Refuses a request that did not arrive in time. */
  static void late(Exchange exchange, HttpRequestPacket request, Duration allowed) {
    Problem problem =
        new Problem(
            408,
            "slow-request",
            "The request took too long to arrive",
            "a request must arrive whole within "
                + allowed.toMillis()
                + " ms of its first octet; send it again over a better line, or send less");
    writeLast(exchange.connection(), content(exchange.connection(), request, problem));
  }

  private static <L> void writeLast(Connection<L> connection, HttpContent content) {
    connection.write(
        content,
        new EmptyCompletionHandler<WriteResult<HttpContent, L>>() {
          @Override
          public void completed(WriteResult<HttpContent, L> written) {
            connection.closeSilently();
          }

          @Override
          public void failed(Throwable failure) {
            connection.closeSilently();
          }
        });
  }

  private static HttpContent content(
      Connection<?> connection, HttpRequestPacket request, Problem problem) {
    byte[] octets = CanonicalJson.encode(problem.toJson());
    HttpResponsePacket response = request.getResponse();
    HttpStatus.getHttpStatus(problem.status()).setValues(response);
    response.setContentType(Problem.MEDIA_TYPE);
    response.setContentLength(octets.length);
    HouseHeaders.ALWAYS.forEach(response::setHeader);
    response.setHeader("Connection", "close");
    request.getProcessingState().setKeepAlive(false);
    return HttpContent.builder(response)
        .content(Buffers.wrap(connection.getMemoryManager(), octets))
        .last(true)
        .build();
  }
}
