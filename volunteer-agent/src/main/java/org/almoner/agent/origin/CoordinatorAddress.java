package org.almoner.agent.origin;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/**
 * Where a coordinator is reached: an https address, or plain http on this computer alone.
 *
 * @param uri scheme, host and port, with a path that ends in {@code /}
 */
public record CoordinatorAddress(URI uri) {
  private static final Set<String> THIS_COMPUTER = Set.of("localhost", "127.0.0.1", "[::1]");

  /**
   * Reads what a person typed.
   *
   * @throws IllegalArgumentException saying what was expected
   */
  public static CoordinatorAddress parse(String text) {
    try {
      return new CoordinatorAddress(new URI(text.endsWith("/") ? text : text + "/"));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "not an address: " + text + "; write it like https://almoner.example.org", e);
    }
  }

  /** Refuses what could be read or changed on its way. */
  public CoordinatorAddress {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    String host = uri.getHost();
    boolean plain =
        uri.getRawUserInfo() == null
            && uri.getRawQuery() == null
            && uri.getRawFragment() == null
            && uri.getRawPath() != null
            && uri.getRawPath().endsWith("/");
    if (host == null || !plain || !(scheme.equals("https") || scheme.equals("http"))) {
      throw new IllegalArgumentException(
          "not a coordinator's address: " + uri + "; write it like https://almoner.example.org");
    }
    if (scheme.equals("http") && !THIS_COMPUTER.contains(host.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "plain http reaches only a coordinator on this computer; write https://"
              + host
              + " instead");
    }
  }

  /** A route below the address, e.g. {@code api/v1/origin}. */
  public URI resolve(String route) {
    return uri.resolve(route);
  }

  @Override
  public String toString() {
    return uri.toString();
  }
}
