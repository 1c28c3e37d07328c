package org.almoner.command;

import java.net.InetSocketAddress;
import java.net.URI;

/** The address of a {@code --listen} option. */
final class HostPort {
  private static final int PORT_MAX = 65_535;

  private HostPort() {}

  /**
   * Reads {@code HOST:PORT}; an IPv6 address stands in brackets.
   *
   * @param example a good one, for the sentence that refuses a bad one
   */
  static InetSocketAddress parse(String text, String example) {
    URI parsed;
    try {
      parsed = URI.create("http://" + text);
    } catch (IllegalArgumentException e) {
      throw refused(text, example);
    }
    if (parsed.getHost() == null || parsed.getPort() < 0 || parsed.getPort() > PORT_MAX) {
      throw refused(text, example);
    }
    return new InetSocketAddress(parsed.getHost(), parsed.getPort());
  }

  private static Failure refused(String text, String example) {
    return Failure.wrongUse("--listen takes HOST:PORT, such as " + example + ", got " + text);
  }
}
