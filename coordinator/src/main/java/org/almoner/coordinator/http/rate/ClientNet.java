package org.almoner.coordinator.http.rate;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * Whoever shares a limit by address: one IPv4 address, or one IPv6 network of 64 bits, of which a
 * household or a rented server has all addresses.
 *
 * @param bits the address, or the first 64 bits of it
 * @param six whether it is IPv6
 */
public record ClientNet(long bits, boolean six) {
  /** That of an address. */
  public static ClientNet of(InetAddress address) {
    ByteBuffer octets = ByteBuffer.wrap(address.getAddress());
    return address instanceof Inet4Address
        ? new ClientNet(octets.getInt(), false)
        : new ClientNet(octets.getLong(), true);
  }

  /** Short and unambiguous, for logs; no address of a person stands in it at full length. */
  @Override
  public String toString() {
    String hex = HexFormat.of().toHexDigits(bits);
    return six ? hex + "/64" : hex.substring(8);
  }
}
