package org.almoner.coordinator.http;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;

/**
 * Counts connections and starts the time of every request at its first octet, before TLS and HTTP
 * make anything of it; ends what takes too long.
 */
final class Arrivals extends BaseFilter {
  private final HttpLimits limits;
  private final Pool memory;
  private final InstantSource clock;
  private final Doorkeeper keeper;
  private final Connections connections;
  private final Set<Exchange> open = ConcurrentHashMap.newKeySet();

  private final CompletableFuture<Void> rest = new CompletableFuture<>();
  private volatile boolean closing;

  Arrivals(HttpLimits limits, Doorkeeper keeper, InstantSource clock) {
    this.limits = limits;
    this.keeper = keeper;
    this.connections = new Connections(limits.connections(), limits.connectionsOfOneAddress());
    this.memory = new Pool(limits.bodyBytes(), limits.bodyBytesOfOneAddress());
    this.clock = clock;
  }

  @Override
  public NextAction handleAccept(FilterChainContext ctx) {
    Exchange exchange =
        new Exchange(ctx.getConnection(), memory, limits.idle(), clock, connections);
    open.add(exchange);
    Optional<Exchange> goes = connections.opened(exchange, keeper.neighbour(ctx.getConnection()));
    goes.ifPresent(other -> other.connection().terminateSilently());
    return goes.filter(exchange::equals).isPresent() ? ctx.getStopAction() : ctx.getInvokeAction();
  }

  @Override
  public NextAction handleRead(FilterChainContext ctx) {
    Exchange.of(ctx.getConnection()).octetsCame(limits.request());
    return ctx.getInvokeAction();
  }

  @Override
  public NextAction handleClose(FilterChainContext ctx) throws IOException {
    Exchange.find(ctx.getConnection())
        .ifPresent(
            exchange -> {
              exchange.giveUp(Duration.ZERO);
              open.remove(exchange);
              connections.closed(exchange);
            });
    return ctx.getInvokeAction();
  }

  /** Completes once no request is under way; asked when no more connections are taken. */
  CompletableFuture<Void> atRest() {
    closing = true;
    completeAtRest();
    return rest;
  }

  /**
   * Ends every exchange whose time is over; called again and again by a timer. A connection is torn
   * down and not closed in good order: that would wait for a reader who does not read.
   */
  void sweep() {
    completeAtRest();
    for (Exchange exchange : open) {
      if (exchange.expire(limits.request())) {
        exchange
            .late()
            .ifPresentOrElse(
                request -> RawRefusal.late(exchange, request, limits.request()),
                exchange.connection()::terminateSilently);
      }
    }
  }

  private void completeAtRest() {
    if (closing && open.stream().noneMatch(Exchange::isBusy)) {
      rest.complete(null);
    }
  }
}
