package org.almoner.command;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads numbers of octets as people write them: {@code 500MiB}, {@code 2GiB}. */
final class Sizes implements ITypeConverter<Long> {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,7})(KiB|MiB|GiB|TiB)");

  @Override
  public Long convert(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new TypeConversionException(
          "expected a number and KiB, MiB, GiB or TiB, such as 500MiB or 2GiB, got " + text);
    }
    long number = Long.parseLong(form.group(1));
    return switch (form.group(2)) {
      case "KiB" -> number << 10;
      case "MiB" -> number << 20;
      case "GiB" -> number << 30;
      default -> number << 40;
    };
  }
}
