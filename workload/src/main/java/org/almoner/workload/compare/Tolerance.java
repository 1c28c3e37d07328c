package org.almoner.workload.compare;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.jspecify.annotations.Nullable;

/**
 * By how much two numbers of one column may differ: by {@code absolute}, or by {@code relative}
 * times the larger of their absolute values, whichever is more.
 *
 * <p>A column of text has none: what stands in it must be the same characters.
 *
 * @param text whether the column is compared as text
 * @param absolute 0 to 10^15, at most {@link #DIGITS_MAX} digits behind the point
 * @param relative 0 to 1, likewise
 */
public record Tolerance(boolean text, BigDecimal absolute, BigDecimal relative) {
  /** Most digits behind the point. */
  public static final int DIGITS_MAX = 30;

  private static final BigDecimal ABSOLUTE_MAX = BigDecimal.TEN.pow(15);

  /** The same characters. */
  public static final Tolerance TEXT = new Tolerance(true, BigDecimal.ZERO, BigDecimal.ZERO);

  /** Characters of the longest decimal: sixteen digits, a point, and those behind it. */
  private static final int CHARS_MAX = 17 + DIGITS_MAX;

  private static final String DECIMAL = "[0-9]{1,20}(?:\\.[0-9]{1,40})?(?:[eE][+-]?[0-9]{1,2})?";

  private static final Pattern SPELT =
      Pattern.compile("(?:(" + DECIMAL + ")(?:\\s*\\+\\s*|$))?(?:(" + DECIMAL + ")\\s+relative)?");

  /** Brings the decimals into their one form; refuses those out of bounds. */
  public Tolerance {
    absolute = plain("an absolute tolerance", absolute, ABSOLUTE_MAX);
    relative = plain("a relative tolerance", relative, BigDecimal.ONE);
    if (text && (absolute.signum() != 0 || relative.signum() != 0)) {
      throw new IllegalArgumentException("a column of text has no tolerance");
    }
  }

  private static BigDecimal plain(String what, BigDecimal value, BigDecimal most) {
    BigDecimal plain = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    if (plain.signum() < 0 || plain.compareTo(most) > 0 || plain.scale() > DIGITS_MAX) {
      throw new IllegalArgumentException(
          what
              + " is 0 to "
              + most.toPlainString()
              + " with at most "
              + DIGITS_MAX
              + " digits behind the point, got "
              + value);
    }
    return plain;
  }

  /**
   * Reads what an owner writes: {@code text}, {@code 0.001}, {@code 1e-6 relative} or {@code 0.001
   * + 1e-6 relative}.
   *
   * @throws IllegalArgumentException in a sentence, when it is none of these
   */
  public static Tolerance parse(String spelt) {
    if (spelt.equals("text")) {
      return TEXT;
    }
    Matcher found = SPELT.matcher(spelt);
    boolean dangling = spelt.isBlank() || spelt.strip().endsWith("+");
    if (dangling || !found.matches()) {
      throw new IllegalArgumentException(
          "\""
              + spelt
              + "\" is no tolerance: write text, 0.001, 1e-6 relative, or 0.001 + 1e-6 relative");
    }
    return new Tolerance(false, decimal(found.group(1)), decimal(found.group(2)));
  }

  private static BigDecimal decimal(@Nullable String text) {
    return text == null ? BigDecimal.ZERO : new BigDecimal(text);
  }

  static Tolerance parse(JsonFields fields) throws MalformedJson {
    boolean numbers = fields.has("absolute") || fields.has("relative");
    Tolerance read =
        numbers ? new Tolerance(false, field(fields, "absolute"), field(fields, "relative")) : TEXT;
    fields.end();
    return read;
  }

  private static BigDecimal field(JsonFields fields, String name) throws MalformedJson {
    return fields.parsed(
        name,
        text -> {
          if (text.length() > CHARS_MAX || !text.matches("[0-9]+(\\.[0-9]+)?")) {
            throw new IllegalArgumentException("expected a decimal such as 0.001, got " + text);
          }
          BigDecimal value = new BigDecimal(text);
          if (!text.equals(text(value))) {
            throw new IllegalArgumentException("expected " + text(value) + ", got " + text);
          }
          return value;
        });
  }

  private static String text(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  JsonValue.Obj toJson() {
    JsonValue.Builder out = JsonValue.Obj.of();
    if (!text) {
      out.put("absolute", text(absolute)).put("relative", text(relative));
    }
    return out.build();
  }

  /** Whether two numbers of the column are taken for the same. */
  boolean covers(BigDecimal one, BigDecimal other) {
    BigDecimal apart = one.subtract(other).abs();
    return apart.compareTo(absolute) <= 0
        || apart.compareTo(one.abs().max(other.abs()).multiply(relative)) <= 0;
  }

  /** As an owner would write it. */
  @Override
  public String toString() {
    if (text) {
      return "text";
    }
    if (relative.signum() == 0) {
      return text(absolute);
    }
    String share = text(relative) + " relative";
    return absolute.signum() == 0 ? share : text(absolute) + " + " + share;
  }
}
