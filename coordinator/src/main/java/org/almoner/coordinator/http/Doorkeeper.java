package org.almoner.coordinator.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.almoner.coordinator.http.rate.AddressRange;
import org.almoner.coordinator.http.rate.ClientNet;
import org.almoner.coordinator.http.rate.RateLimits;
import org.almoner.coordinator.http.rate.Rates;
import org.almoner.coordinator.http.route.Refusals;
import org.almoner.coordinator.http.route.Tokens;
import org.almoner.coordinator.http.route.UploadRoute;
import org.almoner.protocol.bytes.Hash;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.Method;
import org.glassfish.grizzly.http.util.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides by a request's headers, before its body is read, whether it comes in: who asks is told
 * apart by address or by a token that is known, and asks no more often than is allowed.
 */
final class Doorkeeper {
  private static final Logger LOG = LoggerFactory.getLogger(Doorkeeper.class);
  private static final String FORWARDED = "X-Forwarded-For";
  private static final int UNAUTHORIZED = 401;

  /** What must be checked or logged before it is known whose it is. */
  private static final List<String> COSTLY =
      List.of(
          "/api/v1/enrolments",
          "/api/v1/links",
          "/api/v1/batches",
          "/api/v1/batches/check",
          "/api/v1/owners/tokens",
          "/me");

  /** So is a recall, which an owner signs. */
  private static final Pattern RECALL = Pattern.compile("/api/v1/releases/[^/]+/recall");

  /** Files that never change: their readers are many, and they cost little. */
  private static final List<String> FILES = List.of("/log/", "/api/v1/blobs/");

  /** Answers that read all that somebody ever gave, or a document. */
  private static final List<String> READS = List.of("/api/v1/me", "/api/v1/audit/", "/me");

  private final List<AddressRange> proxies;
  private final Rates rates;
  private final Tokens tokens;
  private final AtomicBoolean warned = new AtomicBoolean();

  Doorkeeper(RateLimits limits, Rates rates, Tokens tokens) {
    this.proxies = limits.trustedProxies();
    this.rates = rates;
    this.tokens = tokens;
  }

  /** Lets a request in and returns who asks; throws a {@code Refusal} otherwise. */
  ClientNet admit(Connection<?> connection, HttpRequestPacket request) {
    ClientNet client = client(connection, request);
    requirePlainBody(request);
    String path = String.valueOf(request.getRequestURI());
    Optional<Hash> account = tokens.account(request.getHeader(Header.Authorization));
    if (account.isPresent()) {
      rates.account(account.get());
    } else if (isRead(request.getMethod()) && startsWithOne(path, FILES)) {
      rates.file(client);
    } else {
      rates.request(client);
      if (isCostly(request, path)) {
        rates.costly(client);
      }
    }
    account
        .or(() -> session(request))
        .filter(who -> startsWithOne(path, READS))
        .ifPresent(rates::read);
    return client;
  }

  /** An answer is on its way; one that says that somebody was not who they said counts. */
  void answered(ClientNet client, int status) {
    if (status == UNAUTHORIZED) {
      rates.wrong(client);
    }
  }

  /** Who stands behind one address with all its connections. */
  Optional<ClientNet> neighbour(Connection<?> connection) {
    return peer(connection).filter(address -> !isProxy(address)).map(ClientNet::of);
  }

  /** Nothing here is unpacked, so that what comes is as large as it looks. */
  private static void requirePlainBody(HttpRequestPacket request) {
    String encoding = request.getHeader(Header.ContentEncoding);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw Refusals.encoded(encoding);
    }
  }

  private static boolean isCostly(HttpRequestPacket request, String path) {
    return (request.getMethod() == Method.POST
            && (COSTLY.contains(path) || RECALL.matcher(path).matches()))
        || (BlobHandler.takes(request) && request.getHeader(UploadRoute.HEADER) != null);
  }

  private static boolean isRead(Method method) {
    return method == Method.GET || method == Method.HEAD;
  }

  private static boolean startsWithOne(String path, List<String> beginnings) {
    return beginnings.stream().anyMatch(path::startsWith);
  }

  private static Optional<Hash> session(HttpRequestPacket request) {
    return SessionCookie.read(request.getHeader(Header.Cookie)).map(Doorkeeper::digest);
  }

  private static Hash digest(String name) {
    return Hash.sha256(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  /**
   * The address that asks. A proxy is believed when the operator said so; of what it names, the
   * last address that is no such proxy counts: all before it could have been written by the client,
   * also when the proxy adds a line of its own below the client's.
   */
  private ClientNet client(Connection<?> connection, HttpRequestPacket request) {
    InetAddress nearest = peer(connection).orElse(InetAddress.getLoopbackAddress());
    String named = String.join(",", request.getHeaders().values(FORWARDED));
    if (named.isEmpty()) {
      return ClientNet.of(nearest);
    }
    if (!isProxy(nearest)) {
      warnOnce(nearest);
      return ClientNet.of(nearest);
    }
    String[] hops = named.split(",", -1);
    for (int i = hops.length - 1; i >= 0; i--) {
      Optional<InetAddress> hop = AddressRange.literal(hops[i].strip());
      if (hop.isEmpty()) {
        break;
      }
      nearest = hop.get();
      if (!isProxy(nearest)) {
        break;
      }
    }
    return ClientNet.of(nearest);
  }

  private static Optional<InetAddress> peer(Connection<?> connection) {
    return connection.getPeerAddress() instanceof InetSocketAddress address
        ? Optional.of(address.getAddress())
        : Optional.empty();
  }

  private boolean isProxy(InetAddress address) {
    return proxies.stream().anyMatch(range -> range.contains(address));
  }

  private void warnOnce(InetAddress proxy) {
    if (proxy.isLoopbackAddress() && warned.compareAndSet(false, true)) {
      LOG.atWarn()
          .addKeyValue("event", "proxy-not-trusted")
          .log(
              "a proxy on this computer names its clients in X-Forwarded-For and is not believed:"
                  + " they all share one limit; start with --trusted-proxy to change that");
    }
  }
}
