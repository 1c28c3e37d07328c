package org.almoner.ledger.sample;

import java.nio.charset.StandardCharsets;
import org.almoner.protocol.bytes.Bytes;

/**
 * What an auditor rolled with dice of six sides, in the order in which they fell.
 *
 * @param rolls {@value #ROLLS_MIN} to {@value #ROLLS_MAX} of the digits 1 to 6
 */
public record Dice(String rolls) {
  /** Fewest rolls: 20 of them are 51 bits, more than anybody guesses in advance. */
  public static final int ROLLS_MIN = 20;

  /** Most rolls. */
  public static final int ROLLS_MAX = 1_000;

  /** Longest text that is read, in characters, white space included. */
  public static final int TEXT_MAX = 16_384;

  private static final String WHITE_SPACE = " \t\r\n";

  /** Refuses what {@link #parse} would refuse. */
  public Dice {
    if (rolls.length() < ROLLS_MIN || rolls.length() > ROLLS_MAX || !rolls.matches("[1-6]*")) {
      throw new IllegalArgumentException(
          "dice are " + ROLLS_MIN + " to " + ROLLS_MAX + " digits from 1 to 6");
    }
  }

  /**
   * Reads a text of rolls. Spaces, tabs and ends of lines between them mean nothing.
   *
   * @throws MalformedDice naming the character that is none, or how many rolls came
   */
  public static Dice parse(String text) throws MalformedDice {
    if (text.length() > TEXT_MAX) {
      throw new MalformedDice(
          "the text has " + text.length() + " characters; at most " + TEXT_MAX + " are read");
    }
    StringBuilder rolls = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '1' && c <= '6') {
        rolls.append(c);
      } else if (WHITE_SPACE.indexOf(c) < 0) {
        throw new MalformedDice(
            "character "
                + (i + 1)
                + " is "
                + String.format("U+%04X", (int) c)
                + "; expected the digits 1 to 6 and white space");
      }
    }
    if (rolls.length() < ROLLS_MIN || rolls.length() > ROLLS_MAX) {
      throw new MalformedDice(
          "there are "
              + rolls.length()
              + " rolls; expected "
              + ROLLS_MIN
              + " to "
              + ROLLS_MAX
              + ", write them down in the order in which they fell");
    }
    return new Dice(rolls.toString());
  }

  /** What nobody could know in advance, in bits, rounded down, if the dice were fair. */
  public int bits() {
    return (int) Math.floor(rolls.length() * Math.log(6) / Math.log(2));
  }

  /** The rolls as ASCII. */
  Bytes octets() {
    return Bytes.of(rolls.getBytes(StandardCharsets.US_ASCII));
  }
}
