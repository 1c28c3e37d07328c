package org.almoner.coordinator.http.rate;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One address or a block of them, such as {@code 10.0.0.0/8} or {@code ::1}.
 *
 * @param address its first address
 * @param bits leading bits that all of its addresses share
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4632#section-3.1">RFC 4632 section 3.1</a>
 */
public record AddressRange(InetAddress address, int bits) {
  private static final Pattern FOUR =
      Pattern.compile("([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})");

  private static final Pattern SIX = Pattern.compile("[0-9a-fA-F:.]{2,45}");
  private static final int OCTET_MAX = 255;

  /**
   * Reads an address, with {@code /bits} for a block.
   *
   * @throws IllegalArgumentException naming what was expected
   */
  public static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    InetAddress address =
        literal(slash < 0 ? text : text.substring(0, slash)).orElseThrow(() -> wrong(text));
    int all = address.getAddress().length * Byte.SIZE;
    if (slash < 0) {
      return new AddressRange(address, all);
    }
    String bits = text.substring(slash + 1);
    if (!bits.matches("[0-9]{1,3}") || Integer.parseInt(bits) > all) {
      throw wrong(text);
    }
    return new AddressRange(address, Integer.parseInt(bits));
  }

  /** An address in digits; empty for anything else, above all for names: none is looked up. */
  public static Optional<InetAddress> literal(String text) {
    Matcher four = FOUR.matcher(text);
    if (four.matches()) {
      for (int i = 1; i <= four.groupCount(); i++) {
        if (Integer.parseInt(four.group(i)) > OCTET_MAX) {
          return Optional.empty();
        }
      }
    } else if (!text.contains(":") || !SIX.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** Whether {@code other} lies in it. */
  public boolean contains(InetAddress other) {
    byte[] mine = address.getAddress();
    byte[] its = other.getAddress();
    if (mine.length != its.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> bit % Byte.SIZE;
      if (((mine[bit / Byte.SIZE] ^ its[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "expected an address in digits or a block of them, such as 127.0.0.1 or 10.0.0.0/8, got "
            + text);
  }
}
