package org.almoner.agent.contact;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The proxy that this computer is set up with: the one the environment names in {@code https_proxy}
 * (else {@code all_proxy}), unless {@code no_proxy} excepts the host; else what Java's own settings
 * say. In lower case before upper case. This computer itself is never reached through a proxy, and
 * nothing else without https.
 *
 * <p>A proxy is an http one, {@code http://HOST:PORT} or {@code http://NAME:PASSWORD@HOST:PORT}
 * with both percent-encoded where need be; it sees the coordinator's host and port and nothing of
 * what is said.
 */
public final class SystemProxy extends ProxySelector {
  /** Read when Java's HTTP client starts: schemes by which it must not log in to a tunnel. */
  private static final String DISABLED_SCHEMES = "jdk.http.auth.tunneling.disabledSchemes";

  private static final Set<String> THIS_COMPUTER = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
  private static final int PORT_MAX = 65_535;
  private static final int PORT_STANDARD = 80;

  private final Optional<Named> named;
  private final List<String> excepted;
  private final ProxySelector otherwise;

  /** A proxy with the header that says who asks, empty when it asks nobody. */
  private record Named(Proxy proxy, String authorization) {}

  private SystemProxy(Optional<Named> named, List<String> excepted, ProxySelector otherwise) {
    this.named = named;
    this.excepted = excepted;
    this.otherwise = otherwise;
  }

  /**
   * Lets Java's HTTP client say a name and password to a proxy, as the environment may ask for;
   * called before the first connection of the process. They travel to the proxy in clear, as they
   * do for every program that is given them so.
   */
  public static void permitNames() {
    System.setProperty(DISABLED_SCHEMES, System.getProperty(DISABLED_SCHEMES, ""));
  }

  /**
   * The proxy that the environment names.
   *
   * @param otherwise asked when it names none
   * @throws IllegalArgumentException naming the variable and what was expected; never the password
   */
  public static SystemProxy of(Map<String, String> environment, ProxySelector otherwise) {
    for (String name : List.of("https_proxy", "all_proxy")) {
      String value = variable(environment, name);
      if (!value.isEmpty()) {
        return new SystemProxy(
            Optional.of(named(name, value)),
            List.of(variable(environment, "no_proxy").toLowerCase(Locale.ROOT).split(",")),
            otherwise);
      }
    }
    return new SystemProxy(Optional.empty(), List.of(), otherwise);
  }

  private static String variable(Map<String, String> environment, String name) {
    String lower = environment.getOrDefault(name, "").strip();
    return lower.isEmpty()
        ? environment.getOrDefault(name.toUpperCase(Locale.ROOT), "").strip()
        : lower;
  }

  private static Named named(String variable, String value) {
    URI uri;
    try {
      uri = URI.create(value.contains("://") ? value : "http://" + value);
    } catch (IllegalArgumentException e) {
      // Not the cause: it would tell the value, and a password with it.
      throw unfit(variable, "it is no address");
    }
    if (!"http".equalsIgnoreCase(uri.getScheme())) {
      throw unfit(variable, "a proxy of the kind " + uri.getScheme() + " is not supported");
    }
    if (uri.getHost() == null || uri.getPort() > PORT_MAX || uri.getPort() == 0) {
      throw unfit(variable, "it names no host and port");
    }
    int port = uri.getPort() < 0 ? PORT_STANDARD : uri.getPort();
    Proxy proxy = new Proxy(Proxy.Type.HTTP, new InetSocketAddress(uri.getHost(), port));
    return new Named(proxy, authorization(variable, uri.getRawUserInfo()));
  }

  private static String authorization(String variable, @Nullable String user) {
    if (user == null || user.isEmpty()) {
      return "";
    }
    int colon = user.indexOf(':');
    if (colon < 1) {
      throw unfit(variable, "before the @ stands no NAME:PASSWORD");
    }
    String plain = decoded(user.substring(0, colon)) + ":" + decoded(user.substring(colon + 1));
    return "Basic " + Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static IllegalArgumentException unfit(String variable, String why) {
    return new IllegalArgumentException(
        variable
            + ": "
            + why
            + "; write http://HOST:PORT or http://NAME:PASSWORD@HOST:PORT, or unset it");
  }

  @Override
  public List<Proxy> select(URI uri) {
    if (isThisComputer(uri)) {
      return List.of(Proxy.NO_PROXY);
    }
    if (named.isPresent()) {
      return List.of(isExcepted(uri) ? Proxy.NO_PROXY : named.get().proxy());
    }
    return otherwise.select(uri);
  }

  /** What to say to the proxy on the way to {@code uri} about who asks; empty to say nothing. */
  String authorization(URI uri) {
    return isThisComputer(uri) || isExcepted(uri) ? "" : named.map(Named::authorization).orElse("");
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException fault) {
    otherwise.connectFailed(uri, address, fault);
  }

  private static boolean isThisComputer(URI uri) {
    return THIS_COMPUTER.contains(host(uri));
  }

  /** As curl reads {@code no_proxy}: a host, a domain with all below it, or {@code *} for all. */
  private boolean isExcepted(URI uri) {
    String host = host(uri);
    for (String entry : excepted) {
      String name = entry.strip();
      name = name.startsWith(".") ? name.substring(1) : name;
      if (name.equals("*")
          || (!name.isEmpty() && (host.equals(name) || host.endsWith("." + name)))) {
        return true;
      }
    }
    return false;
  }

  private static String host(URI uri) {
    return String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
  }
}
