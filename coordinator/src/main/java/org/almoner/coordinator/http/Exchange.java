package org.almoner.coordinator.http;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.almoner.coordinator.http.rate.ClientNet;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * What one connection is doing, how much memory its request holds, and by when it must be done.
 *
 * <p>At most one request of a connection is under way; Grizzly's threads and the sweep meet here.
 */
final class Exchange {
  private static final Attribute<Exchange> OF =
      Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute("almoner.exchange");
  private static final long NEVER = Long.MAX_VALUE;

  private enum Phase {
    /** Between requests. */
    REST,
    /** Octets of a request have come, not all. */
    ARRIVING,
    /** The body is read by whoever answers, piece by piece. */
    STREAMING,
    /** The request is complete and not yet answered. */
    ANSWERING,
    /** Refused or too late; nothing more is read. */
    OVER
  }

  private final Connection<?> connection;
  private final Pool memory;
  private final Duration idle;
  private final InstantSource clock;
  private final Connections connections;
  private Optional<ClientNet> client = Optional.empty();
  private Optional<ClientNet> holder = Optional.empty();
  private Phase phase = Phase.REST;
  private long deadlineMs;
  private int held;
  private long passedMark;
  private @Nullable HttpRequestPacket request;
  private @Nullable HttpRequestPacket late;

  Exchange(
      Connection<?> connection,
      Pool memory,
      Duration idle,
      InstantSource clock,
      Connections connections) {
    this.connections = connections;
    this.connection = connection;
    this.memory = memory;
    this.idle = idle;
    this.clock = clock;
    OF.set(connection, this);
    rest();
  }

  static Exchange of(Connection<?> connection) {
    return OF.get(connection);
  }

  /** Who sent a request that was let in. */
  static ClientNet asking(Request request) {
    return of(request.getContext().getConnection()).client().orElseThrow();
  }

  /** The exchange of an accepted connection; the listening socket has none. */
  static Optional<Exchange> find(Connection<?> connection) {
    return Optional.ofNullable(OF.get(connection));
  }

  Connection<?> connection() {
    return connection;
  }

  /** Octets came: starts the time of a request, unless one is under way. */
  synchronized void octetsCame(Duration allowed) {
    if (phase == Phase.REST) {
      phase = Phase.ARRIVING;
      connections.works(this);
      deadlineMs = clock.millis() + allowed.toMillis();
    }
  }

  /** Who asks, as the doorkeeper found. */
  synchronized void askedBy(ClientNet asker) {
    client = Optional.of(asker);
  }

  /** Who asked last; empty when nobody was let in yet. */
  synchronized Optional<ClientNet> client() {
    return client;
  }

  /** Whether these are the first octets of {@code packet} that were parsed. */
  synchronized boolean beginsWith(HttpRequestPacket packet) {
    boolean first = request == null;
    request = packet;
    return first;
  }

  /** Whether {@code packet} is another request than the one that was refused. */
  synchronized boolean isNext(HttpRequestPacket packet) {
    return request != null && request != packet;
  }

  synchronized boolean isStreaming() {
    return phase == Phase.STREAMING;
  }

  /** Whether a request is under way. */
  synchronized boolean isBusy() {
    return phase == Phase.ARRIVING || phase == Phase.STREAMING || phase == Phase.ANSWERING;
  }

  synchronized boolean isOver() {
    return phase == Phase.OVER;
  }

  /** Lets whoever answers read the body. */
  synchronized void stream() {
    phase = Phase.STREAMING;
  }

  /** A blob begins to travel, in or out: from here on it must keep a pace. */
  synchronized void travel(HttpLimits limits) {
    passedMark = 0;
    deadlineMs = clock.millis() + limits.request().toMillis();
  }

  /** So many octets of the blob have travelled; enough of them since the last mark earn time. */
  synchronized void travelled(long octets, HttpLimits limits) {
    if (octets - passedMark >= limits.blobBytesMin()) {
      passedMark = octets;
      deadlineMs = clock.millis() + limits.request().toMillis();
    }
  }

  /** Holds {@code octets} of the body in memory in all; false when there is no room. */
  synchronized boolean hold(int octets) {
    if (holder.isEmpty()) {
      holder = client;
    }
    if (holder.isPresent() && !memory.take(holder.get(), octets - held)) {
      return false;
    }
    held = octets;
    return true;
  }

  /** The request is complete; false when it was given up just before. */
  synchronized boolean complete() {
    if (phase == Phase.OVER) {
      return false;
    }
    phase = Phase.ANSWERING;
    deadlineMs = NEVER;
    return true;
  }

  /** The answer is on its way; the connection may bring another request. */
  synchronized void answered() {
    release();
    request = null;
    if (phase != Phase.OVER) {
      rest();
    }
  }

  /** Nothing more of this request is wanted; what still comes is cut off after {@code allowed}. */
  synchronized void giveUp(Duration allowed) {
    release();
    phase = Phase.OVER;
    deadlineMs = clock.millis() + allowed.toMillis();
  }

  /** Gives up an exchange whose time is over; says whether it is. */
  synchronized boolean expire(Duration allowedAfterwards) {
    if (clock.millis() < deadlineMs) {
      return false;
    }
    late = phase == Phase.ARRIVING ? request : null;
    giveUp(allowedAfterwards);
    return true;
  }

  /** The request that was given up before it had arrived whole, when its headers had. */
  synchronized Optional<HttpRequestPacket> late() {
    return Optional.ofNullable(late);
  }

  private void rest() {
    phase = Phase.REST;
    connections.rests(this);
    deadlineMs = clock.millis() + idle.toMillis();
  }

  private void release() {
    holder.ifPresent(of -> memory.give(of, held));
    holder = Optional.empty();
    held = 0;
  }
}
