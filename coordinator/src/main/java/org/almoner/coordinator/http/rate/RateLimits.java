package org.almoner.coordinator.http.rate;

import java.util.List;

/**
 * How often anyone may ask, in requests a minute. Each limit is also the most that may come at
 * once, after a minute of rest.
 *
 * <p>The limit of an address is for what needs no token, above all for agents. A school or an
 * office has one address for all its computers: the standard allows a thousand of them six requests
 * a minute each, and each makes two to four.
 *
 * @param perAddress requests of one address (IPv4) or of one network of 64 bits (IPv6)
 * @param perAccount requests with one token that is known
 * @param trustedProxies who is believed when it names the client in {@code X-Forwarded-For}
 */
public record RateLimits(int perAddress, int perAccount, List<AddressRange> trustedProxies) {
  /** Requests of one address a minute: 100 a second. */
  public static final int PER_ADDRESS = 6_000;

  /** Requests with one token a minute: 1,000 a second; who holds one is known. */
  public static final int PER_ACCOUNT = 60_000;

  /** Highest limit that can be set: nothing is limited any more. */
  public static final int MAX = 100_000_000;

  /** Lowest limit that can be set. */
  public static final int MIN = 60;

  /**
   * Addresses, and accounts, counted at once; the one that rested longest is forgotten, and begins
   * anew when it comes again.
   */
  public static final int COUNTED_MAX = 65_536;

  /** Of an address's requests, one in so many may be of the costly kind. */
  static final int COSTLY_SHARE = 10;

  /** Requests for files that never change count for one in so many. */
  static final int FILE_SHARE = 10;

  /** An agent has this part of an account's requests: 1,200 a minute. */
  static final int AGENT_SHARE = 50;

  /** Answers that read a lot are this part of an account's requests: 600 a minute. */
  static final int READ_SHARE = 100;

  /** Copies the list, and refuses limits that would stop honest agents or hold nobody. */
  public RateLimits {
    trustedProxies = List.copyOf(trustedProxies);
    require("requests a minute of one address", perAddress);
    require("requests a minute of one account", perAccount);
  }

  /** The limits named here as constants; no proxy is believed. */
  public static RateLimits standard() {
    return new RateLimits(PER_ADDRESS, PER_ACCOUNT, List.of());
  }

  private static void require(String what, int value) {
    if (value < MIN || value > MAX) {
      throw new IllegalArgumentException(
          what + " must be " + MIN + " to " + MAX + ", got " + value);
    }
  }
}
