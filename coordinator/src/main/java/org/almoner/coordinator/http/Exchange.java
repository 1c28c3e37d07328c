package org.almoner.coordinator.http;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.http.HttpRequestPacket;
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
  private final BodyMemory memory;
  private final InstantSource clock;
  private Phase phase = Phase.REST;
  private long deadlineMs = NEVER;
  private int held;
  private @Nullable HttpRequestPacket request;

  Exchange(Connection<?> connection, BodyMemory memory, InstantSource clock) {
    this.connection = connection;
    this.memory = memory;
    this.clock = clock;
    OF.set(connection, this);
  }

  static Exchange of(Connection<?> connection) {
    return OF.get(connection);
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
      deadlineMs = clock.millis() + allowed.toMillis();
    }
  }

  /** Whether these are the first octets of {@code packet} that were parsed. */
  synchronized boolean beginsWith(HttpRequestPacket packet) {
    boolean first = request == null;
    request = packet;
    return first;
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

  /** Gives a streamed body, in or out, its own time. */
  synchronized void allow(Duration time) {
    deadlineMs = clock.millis() + time.toMillis();
  }

  /** Holds {@code octets} of the body in memory in all; false when there is no room. */
  synchronized boolean hold(int octets) {
    if (!memory.take(octets - held)) {
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
      phase = Phase.REST;
      deadlineMs = NEVER;
    }
  }

  /** Nothing more of this request is wanted; the deadline stays, to cut off what still comes. */
  synchronized void giveUp() {
    release();
    phase = Phase.OVER;
  }

  /**
   * Ends an exchange whose time is over.
   *
   * @return whether its time is over
   */
  synchronized boolean expire() {
    if (clock.millis() < deadlineMs) {
      return false;
    }
    deadlineMs = NEVER;
    return true;
  }

  /** The request that has not arrived whole, when its headers have and no answer was begun. */
  synchronized Optional<HttpRequestPacket> half() {
    return phase == Phase.ARRIVING ? Optional.ofNullable(request) : Optional.empty();
  }

  private void release() {
    memory.give(held);
    held = 0;
  }
}
