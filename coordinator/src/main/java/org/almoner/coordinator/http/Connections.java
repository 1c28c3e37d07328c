package org.almoner.coordinator.http;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.almoner.coordinator.http.rate.ClientNet;

/**
 * The open connections, and which of them rests longest. When there is no place for another one,
 * that one goes: whoever holds connections without using them keeps nobody out.
 */
final class Connections {
  private final int max;
  private final int neighbourMax;
  private final Map<Exchange, Optional<ClientNet>> open = new HashMap<>();
  private final Set<Exchange> resting = new LinkedHashSet<>();
  private final Map<ClientNet, Neighbour> neighbours = new HashMap<>();

  /** All connections of one address. */
  private static final class Neighbour {
    private int open;
    private final Set<Exchange> resting = new LinkedHashSet<>();
  }

  /**
   * Nothing is open.
   *
   * @param max most at once
   * @param neighbourMax most of one address
   */
  Connections(int max, int neighbourMax) {
    this.max = max;
    this.neighbourMax = neighbourMax;
  }

  /**
   * A connection was accepted.
   *
   * @param of whose; empty for a proxy, whose connections are those of many
   * @return the one that must go for it, which is itself when none rests
   */
  synchronized Optional<Exchange> opened(Exchange exchange, Optional<ClientNet> of) {
    open.put(exchange, of);
    Optional<Exchange> goes = Optional.empty();
    if (of.isPresent()) {
      Neighbour neighbour = neighbours.computeIfAbsent(of.get(), net -> new Neighbour());
      neighbour.open++;
      if (neighbour.open > neighbourMax) {
        goes = Optional.of(first(neighbour.resting).orElse(exchange));
      }
    }
    if (goes.isEmpty() && open.size() > max) {
      goes = Optional.of(first(resting).orElse(exchange));
    }
    goes.ifPresent(this::closed);
    if (goes.filter(exchange::equals).isEmpty()) {
      rests(exchange);
    }
    return goes;
  }

  /** It waits for a request, from now on. */
  synchronized void rests(Exchange exchange) {
    Optional<ClientNet> of = open.get(exchange);
    if (of == null) {
      return; // It was told to go, or has gone.
    }
    resting.remove(exchange);
    resting.add(exchange);
    of.map(neighbours::get)
        .ifPresent(
            neighbour -> {
              neighbour.resting.remove(exchange);
              neighbour.resting.add(exchange);
            });
  }

  /** A request of it has begun. */
  synchronized void works(Exchange exchange) {
    resting.remove(exchange);
    Optional<ClientNet> of = open.get(exchange);
    if (of != null) {
      of.map(neighbours::get).ifPresent(neighbour -> neighbour.resting.remove(exchange));
    }
  }

  /** It is gone, or is told to go. */
  synchronized void closed(Exchange exchange) {
    works(exchange);
    Optional<ClientNet> of = open.remove(exchange);
    if (of != null) {
      of.ifPresent(
          net ->
              neighbours.computeIfPresent(
                  net, (key, neighbour) -> --neighbour.open == 0 ? null : neighbour));
    }
  }

  /** How many there are. */
  synchronized int size() {
    return open.size();
  }

  private static Optional<Exchange> first(Set<Exchange> set) {
    return set.isEmpty() ? Optional.empty() : Optional.of(set.iterator().next());
  }
}
