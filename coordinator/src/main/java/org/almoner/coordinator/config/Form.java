package org.almoner.coordinator.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.almoner.workload.yaml.Spelling;

/**
 * How the values of a setting are written.
 *
 * @param word what stands for a value in help, such as {@code SPAN}
 * @param several whether many pieces make one value: a list or names with values
 * @param parser of the pieces written, one unless {@code several}; refuses in a sentence that goes
 *     on from "takes"
 * @param writer of a value as one piece each
 */
public record Form<T>(
    String word,
    boolean several,
    Function<List<String>, T> parser,
    Function<T, List<String>> writer) {
  private static final Pattern SPAN = Pattern.compile("([0-9]{1,9})([smhd])");
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})(KiB|MiB|GiB)");
  private static final Pattern WHOLE = Pattern.compile("0|[1-9][0-9]{0,9}");
  private static final Pattern WEIGHT =
      Pattern.compile("([^=,;\\s][^=,;]*)=([1-9][0-9]{0,2}|1000)");
  private static final Pattern PLAIN = Pattern.compile("[\\w./:+-]{1,60}");
  private static final int LINES_MAX = 20;
  private static final int NAMES_MAX = 1_000;

  /** A value that does not do: what the setting takes, and what came. */
  static final class Refused extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    Refused(String takes, String came) {
      super("takes " + takes + ", got " + came);
    }
  }

  private static <T> Form<T> single(
      String word, Function<String, T> parser, Function<T, String> writer) {
    return new Form<>(
        word, false, pieces -> parser.apply(pieces.get(0)), v -> List.of(writer.apply(v)));
  }

  /** Any text of one line. */
  static Form<String> text(int charsMax) {
    return single(
        "TEXT",
        text -> {
          if (text.length() > charsMax || text.chars().anyMatch(Character::isISOControl)) {
            throw new Refused("one line of at most " + charsMax + " characters", shown(text));
          }
          return text;
        },
        text -> text);
  }

  /** What nobody is shown. */
  static Form<String> secret() {
    return single("SECRET", text -> text, text -> text);
  }

  /** A file; not empty, for that would be the folder it is looked for in. */
  static Form<Path> file() {
    return single(
        "FILE",
        text -> {
          if (text.isBlank() || text.indexOf('\0') >= 0) {
            throw new Refused("the name of a file", shown(text));
          }
          return Path.of(text);
        },
        Path::toString);
  }

  /** One of some words. */
  static Form<String> words(String... words) {
    List<String> known = List.of(words);
    return single(
        String.join("|", known),
        text -> {
          if (!known.contains(text)) {
            throw new Refused(String.join(" or ", known), shown(text));
          }
          return text;
        },
        text -> text);
  }

  /** {@code on} or {@code off}; YAML's own words for them are taken too. */
  static Form<Boolean> onOff() {
    return single(
        "on|off",
        text ->
            switch (text) {
              case "on", "true" -> true;
              case "off", "false" -> false;
              default -> throw new Refused("on or off", shown(text));
            },
        on -> on ? "on" : "off");
  }

  /** An address to listen on; an IPv6 address stands in brackets. Only its form is looked at. */
  static Form<String> hostPort(String example) {
    Pattern form = Pattern.compile("(\\[[0-9a-fA-F:.%a-z]+]|[^:/@\\[\\]\\s]+):([0-9]{1,5})");
    return single(
        "HOST:PORT",
        text -> {
          Matcher parts = form.matcher(text);
          if (!parts.matches() || Integer.parseInt(parts.group(2)) > 65_535) {
            throw new Refused("HOST:PORT, such as " + example, shown(text));
          }
          return text;
        },
        text -> text);
  }

  /** A whole number from {@code min} to {@code max}. */
  static Form<Integer> number(int min, int max) {
    return single(
        "NUMBER",
        text -> {
          if (!WHOLE.matcher(text).matches()
              || Long.parseLong(text) < min
              || Long.parseLong(text) > max) {
            throw new Refused("a whole number from " + min + " to " + max, shown(text));
          }
          return Integer.parseInt(text);
        },
        String::valueOf);
  }

  /** A span of time in whole seconds. */
  static Form<Duration> span(Duration min, Duration max) {
    return single(
        "SPAN",
        text -> {
          Matcher form = SPAN.matcher(text);
          if (!form.matches()) {
            throw new Refused("a number and s, m, h or d, such as 90s or 14d", shown(text));
          }
          Duration span = Duration.ofSeconds(Long.parseLong(form.group(1)) * unit(form.group(2)));
          if (span.compareTo(min) < 0 || span.compareTo(max) > 0) {
            throw new Refused("a span from " + written(min) + " to " + written(max), text);
          }
          return span;
        },
        Form::written);
  }

  /** A number of octets in binary units. */
  static Form<Long> size(long min, long max) {
    return single(
        "SIZE",
        text -> {
          Matcher form = SIZE.matcher(text);
          long octets = form.matches() ? Long.parseLong(form.group(1)) << shift(form.group(2)) : -1;
          if (octets < min || octets > max) {
            throw new Refused(
                "a size from " + octets(min) + " to " + octets(max) + ", such as 256MiB",
                shown(text));
          }
          return octets;
        },
        Form::octets);
  }

  /** Lines of text, none of them empty. */
  static Form<List<String>> lines(int charsMax) {
    Form<String> line = text(charsMax);
    return new Form<>(
        "LINE",
        true,
        pieces -> {
          if (pieces.size() > LINES_MAX) {
            throw new Refused("at most " + LINES_MAX + " lines", pieces.size() + " of them");
          }
          return pieces.stream().map(piece -> line.parser().apply(List.of(piece))).toList();
        },
        lines -> lines);
  }

  /** Names with whole numbers from 1 to 1,000, each name once. */
  static Form<SortedMap<String, Integer>> weights() {
    return new Form<>(
        "NAME=NUMBER",
        true,
        pieces -> {
          SortedMap<String, Integer> weights = new TreeMap<>();
          for (String piece : pieces) {
            Matcher form = WEIGHT.matcher(piece);
            if (!form.matches()) {
              throw new Refused("names with numbers from 1 to 1000, such as a=3", shown(piece));
            }
            String name = form.group(1).strip();
            if (weights.put(name, Integer.parseInt(form.group(2))) != null) {
              throw new Refused("each name once", Spelling.quoted(name) + " twice");
            }
          }
          if (weights.size() > NAMES_MAX) {
            throw new Refused("at most " + NAMES_MAX + " names", weights.size() + " of them");
          }
          return weights;
        },
        weights ->
            weights.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .toList());
  }

  /** The pieces in one text, as a variable of the environment or a flag has them. */
  List<String> split(String text) {
    return several
        ? Pattern.compile(";").splitAsStream(text).filter(piece -> !piece.isBlank()).toList()
        : List.of(text);
  }

  /** A value as one text. */
  String written(T value) {
    return writer.apply(value).stream().collect(Collectors.joining(";"));
  }

  private static String shown(String text) {
    if (text.isEmpty()) {
      return "nothing";
    }
    return PLAIN.matcher(text).matches() ? text : Spelling.quoted(text);
  }

  private static long unit(String letter) {
    return switch (letter) {
      case "s" -> 1;
      case "m" -> 60;
      case "h" -> 3_600;
      default -> 86_400;
    };
  }

  private static String written(Duration span) {
    long seconds = span.toSeconds();
    for (String letter : new String[] {"d", "h", "m"}) {
      if (seconds > 0 && seconds % unit(letter) == 0) {
        return seconds / unit(letter) + letter;
      }
    }
    return seconds + "s";
  }

  private static int shift(String unit) {
    return switch (unit) {
      case "KiB" -> 10;
      case "MiB" -> 20;
      default -> 30;
    };
  }

  private static String octets(long octets) {
    for (String unit : new String[] {"GiB", "MiB", "KiB"}) {
      long size = 1L << shift(unit);
      if (octets >= size && octets % size == 0) {
        return octets / size + unit;
      }
    }
    return octets == 0 ? "0KiB" : octets + " octets";
  }
}
