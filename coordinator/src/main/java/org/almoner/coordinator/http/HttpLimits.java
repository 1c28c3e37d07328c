package org.almoner.coordinator.http;

import java.time.Duration;

/**
 * How much the network may ask of this process at once, and for how long.
 *
 * @param connections open connections; for one more the one that rests longest is closed, or itself
 *     when none rests
 * @param uploads inputs being received at once, and outputs as many besides
 * @param bodyBytes octets of request bodies held in memory at once, over all connections
 * @param request longest from a request's first octet to its last; a blob must travel at a pace
 *     instead, measured over this time
 * @param answer longest the desk may take
 * @param idle longest a connection may rest between requests
 */
public record HttpLimits(
    int connections,
    int uploads,
    long bodyBytes,
    Duration request,
    Duration answer,
    Duration idle) {
  /** Open connections. */
  public static final int CONNECTIONS_MAX = 4_096;

  /** One address has at most one in so many of the connections: it alone keeps nobody out. */
  public static final int ADDRESS_CONNECTIONS_SHARE = 2;

  /** Inputs being received at once, and outputs as many besides. */
  public static final int UPLOADS_MAX = 16;

  /** Of these, from one owner or the operator. */
  public static final int UPLOADS_OF_OWNER_MAX = 4;

  /** Of these, from one agent. */
  public static final int UPLOADS_OF_AGENT_MAX = 2;

  /** Octets of request bodies held at once: 128 MiB. */
  public static final long BODY_BYTES_IN_FLIGHT_MAX = 128L << 20;

  /** Longest a request may take to arrive. */
  public static final Duration REQUEST_TIME_MAX = Duration.ofSeconds(20);

  /** Longest the desk may take to answer. */
  public static final Duration ANSWER_TIME_MAX = Duration.ofSeconds(30);

  /** Longest a connection may rest between requests. */
  public static final Duration IDLE_TIME_MAX = Duration.ofSeconds(60);

  /** Slowest a blob may travel either way, in octets a second, over each {@link #request}. */
  public static final long BLOB_BYTES_PER_SECOND_MIN = 16 * 1024;

  /** Largest request line and headers together, in octets. */
  public static final int HEADER_BYTES_MAX = 16 * 1024;

  /** Most headers in a request. */
  public static final int HEADERS_MAX = 64;

  /** Longest path and query together, in characters. */
  public static final int TARGET_MAX = 2_000;

  /**
   * What a refused body may still send before its connection is cut, in octets: 8 MiB. So much is
   * read and dropped, because a sender cut off in the middle never sees why.
   */
  public static final long REMAINDER_BYTES_MAX = 8L << 20;

  /** Answers that a client may leave unread and still ask for more, in octets: 1 MiB. */
  public static final int UNREAD_BYTES_MAX = 1 << 20;

  /** Largest usage report: 64 outputs of 16 KiB in base64 and the signed report, 2 MiB. */
  public static final int REPORT_BYTES_MAX = 2 << 20;

  /** Largest submission of a batch: two signed payloads of 256 KiB in base64, 1 MiB. */
  public static final int BATCH_BYTES_MAX = 1 << 20;

  /** Largest body of any other route: 16 KiB. */
  public static final int BODY_BYTES_MAX = 16 * 1024;

  /** Refuses limits that would stop everything. */
  public HttpLimits {
    if (connections < 1 || uploads < 1 || bodyBytes < BODY_BYTES_MAX) {
      throw new IllegalArgumentException(
          "at least one connection, one upload and " + BODY_BYTES_MAX + " octets must be allowed");
    }
    requirePositive("request", request);
    requirePositive("answer", answer);
    requirePositive("idle", idle);
  }

  /** The limits named here as constants. */
  public static HttpLimits standard() {
    return new HttpLimits(
        CONNECTIONS_MAX,
        UPLOADS_MAX,
        BODY_BYTES_IN_FLIGHT_MAX,
        REQUEST_TIME_MAX,
        ANSWER_TIME_MAX,
        IDLE_TIME_MAX);
  }

  /** With another number of open connections. */
  public HttpLimits withConnections(int other) {
    return new HttpLimits(other, uploads, bodyBytes, request, answer, idle);
  }

  /** Connections that one address may have open. */
  int connectionsOfOneAddress() {
    return Math.max(1, connections / ADDRESS_CONNECTIONS_SHARE);
  }

  /** Octets of a blob that must travel within every {@link #request}. */
  long blobBytesMin() {
    return request.toMillis() * BLOB_BYTES_PER_SECOND_MIN / 1_000;
  }

  private static void requirePositive(String name, Duration time) {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException(name + " must be longer than nothing, got " + time);
    }
  }
}
