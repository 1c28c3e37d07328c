package org.almoner.ledger.golden;

import java.util.Arrays;
import java.util.List;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.Settlement;

/** Paths of tiles, entries and settlements. */
final class LogFiles {
  private LogFiles() {}

  static List<GoldenFiles> all() {
    return List.of(paths(), entries(), settlements());
  }

  private static GoldenFiles paths() {
    GoldenFiles files = new GoldenFiles(GoldenFormat.TILE_PATH);
    String[] good = {
      "tile/0/000",
      "tile/0/273.p/112",
      "tile/1/000.p/1",
      "tile/2/000.p/255",
      "tile/63/001",
      "tile/10/999",
      "tile/0/x001/000",
      "tile/0/x001/x234/067",
      "tile/0/x001/x234/067.p/8",
      "tile/entries/000",
      "tile/entries/x001/x234/067.p/99",
      "tile/0/x009/x223/x372/x036/x854/x775/807"
    };
    for (int i = 0; i < good.length; i++) {
      files.valid(name(good[i]), good[i]);
    }
    String[][] bad = {
      {"tile/0/000.p/0", "tile path", "no tile is empty"},
      {"tile/0/000.p/256", "1 to 255", "a tile of 256 is full and has no width"},
      {"tile/0/000.p/257", "1 to 256", "no tile is wider than 256"},
      {"tile/0/000.p/08", "tile path", "no leading zeros in a width"},
      {"tile/0/000.p/", "tile path", "a partial tile has its width"},
      {"tile/0/000.p", "tile path", "a partial tile has its width"},
      {"tile/0/000.p/-1", "tile path", "digits only"},
      {"tile/64/000", "level", "levels end at 63"},
      {"tile/00/000", "tile path", "no leading zeros in a level"},
      {"tile/01/000", "tile path", "no leading zeros in a level"},
      {"tile/-1/000", "tile path", "digits only"},
      {"tile/data/000", "tile path", "data tiles are another specification's"},
      {"tile/0/0", "tile path", "groups of three digits"},
      {"tile/0/00", "tile path", "groups of three digits"},
      {"tile/0/0000", "tile path", "groups of three digits"},
      {"tile/0/1234", "tile path", "groups of three digits"},
      {"tile/0/001/234", "tile path", "all groups but the last begin with x"},
      {"tile/0/x001/x234", "tile path", "the last group has no x"},
      {"tile/0/x1/234", "tile path", "groups of three digits"},
      {"tile/0/X001/234", "tile path", "the x is lowercase"},
      {"tile/0/x000/001", "group of zeros", "one path for each index"},
      {"tile/0/x000/x001/234", "group of zeros", "one path for each index"},
      {"tile/0/x009/x223/x372/x036/x854/x775/808", "tile/0/x009", "2^63, beyond Almoner's limit"},
      {"tile/0/x001/x009/x223/x372/x036/x854/x775/807", "tile path", "beyond 64 bits"},
      {"/tile/0/000", "tile path", "no slash in front"},
      {"tile/0/000/", "tile path", "no slash at the end"},
      {"tile//000", "tile path", "a level is not empty"},
      {"tile/0/../000", "tile path", "no way up"},
      {"tile/0/000\n", "tile path", "no newline"},
      {"Tile/0/000", "tile path", "lowercase"},
      {"tile/0/\u0660\u0660\u0660", "tile path", "ASCII digits only"},
      {"checkpoint", "tile path", "no tile"},
      {"", "tile path", "nothing at all"},
    };
    for (String[] path : bad) {
      files.invalid(name(path[0]), path[0], path[1], path[2]);
    }
    return files;
  }

  /** A file name that shows the path: slashes become dashes, what is not plain its number. */
  private static String name(String path) {
    StringBuilder name = new StringBuilder("path");
    path.chars()
        .forEach(
            c -> {
              if (c == '/') {
                name.append('_');
              } else if (Character.isUpperCase(c)) {
                name.append("capital-").append((char) (c + 32));
              } else if (c == '.' || c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')) {
                name.append((char) c);
              } else {
                name.append(String.format(java.util.Locale.ROOT, "u%04x", c));
              }
            });
    return name.insert(4, '_').toString();
  }

  static byte[] leaf(int version, int kind, byte[] body) {
    byte[] leaf = new byte[2 + body.length];
    leaf[0] = (byte) version;
    leaf[1] = (byte) kind;
    System.arraycopy(body, 0, leaf, 2, body.length);
    return leaf;
  }

  private static byte[] filled(int octets) {
    byte[] filler = new byte[octets];
    Arrays.fill(filler, (byte) 0x5a);
    return filler;
  }

  private static GoldenFiles entries() {
    GoldenFiles files = new GoldenFiles(GoldenFormat.ENTRY);
    for (Kind kind : Kind.values()) {
      byte[] body = kind.isCommitment() ? filled(32) : GoldenFormat.utf8("{}");
      files.valid("kind-" + kind.octet(), leaf(1, kind.octet(), body));
    }
    return files
        .valid("largest", leaf(1, Kind.TOTALS.octet(), filled(Entry.OCTETS_MAX - 2)))
        .invalid("empty", new byte[0], "2 octets", "nothing at all")
        .invalid("version-alone", new byte[] {1}, "2 octets", "no kind")
        .invalid("version-0", leaf(0, 2, filled(32)), "version 0", "there is one version, 1")
        .invalid("version-2", leaf(2, 2, filled(32)), "version 2", "there is one version, 1")
        .invalid("version-255", leaf(255, 2, filled(32)), "version 255", "there is one version, 1")
        .invalid("kind-0", leaf(1, 0, filled(32)), "kind 0", "kinds are 1 to 19")
        .invalid("kind-20", leaf(1, 20, filled(32)), "kind 20", "kinds are 1 to 19")
        .invalid("kind-255", leaf(1, 255, filled(32)), "kind 255", "kinds are 1 to 18")
        .invalid(
            "commitment-of-31-octets",
            leaf(1, 2, filled(31)),
            "32 octets",
            "a commitment has 32 octets")
        .invalid(
            "commitment-of-33-octets",
            leaf(1, 2, filled(33)),
            "32 octets",
            "a commitment has 32 octets")
        .invalid(
            "commitment-empty", leaf(1, 1, new byte[0]), "32 octets", "a commitment has 32 octets")
        .invalid(
            "too-large",
            leaf(1, Kind.TOTALS.octet(), filled(Entry.OCTETS_MAX - 1)),
            "65535",
            "65,536 octets do not fit a bundle");
  }

  private static byte[] settlement(String json) {
    return leaf(1, Kind.SETTLEMENT.octet(), GoldenFormat.utf8(json));
  }

  private static String json(String from, String digits) {
    return "{\"from\":" + from + ",\"outcomes\":\"" + digits + "\"}";
  }

  private static GoldenFiles settlements() {
    String most = "1".repeat(Settlement.LEAVES_MAX);
    return new GoldenFiles(GoldenFormat.SETTLEMENT)
        .valid("every-outcome", settlement(json("7", "0123456789abc")))
        .valid("one-leaf", settlement(json("0", "1")))
        .valid("most-leaves", settlement(json("5", most)))
        .valid("largest-from", settlement(json("9007199254740991", "1")))
        .invalid(
            "another-kind",
            leaf(1, Kind.DAY.octet(), GoldenFormat.utf8(json("7", "1"))),
            "DAY",
            "kind 12 is a day")
        .invalid("no-json", settlement("1"), "SETTLEMENT", "an object")
        .invalid("empty-body", settlement(""), "SETTLEMENT", "an object")
        .invalid("json-cut", settlement("{\"from\":7,"), "SETTLEMENT", "cut short")
        .invalid("no-outcomes", settlement("{\"from\":7}"), "outcomes", "a missing field")
        .invalid("no-from", settlement("{\"outcomes\":\"1\"}"), "from", "a missing field")
        .invalid(
            "another-field",
            settlement("{\"from\":7,\"more\":1,\"outcomes\":\"1\"}"),
            "more",
            "an unknown field")
        .invalid("outcomes-empty", settlement(json("7", "")), "outcomes", "at least one leaf")
        .invalid("outcome-13", settlement(json("7", "d")), "outcomes", "digits end at c")
        .invalid(
            "outcome-in-another-script",
            settlement(json("7", "\u0661")),
            "outcomes",
            "ASCII digits only")
        .invalid("too-many-leaves", settlement(json("7", most + "1")), "outcomes", "at most 32,768")
        .invalid("from-negative", settlement(json("-1", "1")), "from", "from 0 on")
        .invalid("from-as-text", settlement(json("\"7\"", "1")), "from", "a number")
        .invalid(
            "from-with-fraction",
            settlement(json("7.0", "1")),
            "SETTLEMENT",
            "canonical JSON has no fraction")
        .invalid(
            "from-with-leading-zero", settlement(json("07", "1")), "SETTLEMENT", "canonical JSON")
        .invalid(
            "from-beyond-2-to-the-53",
            settlement(json("9007199254740992", "1")),
            "SETTLEMENT",
            "at most 2^53 - 1")
        .invalid(
            "space-in-json",
            settlement("{\"from\": 7,\"outcomes\":\"1\"}"),
            "SETTLEMENT",
            "canonical JSON has no space")
        .invalid(
            "fields-in-another-order",
            settlement("{\"outcomes\":\"1\",\"from\":7}"),
            "SETTLEMENT",
            "canonical JSON sorts fields")
        .invalid(
            "field-twice",
            settlement("{\"from\":7,\"from\":7,\"outcomes\":\"1\"}"),
            "SETTLEMENT",
            "a field stands once")
        .invalid(
            "escape-without-need",
            settlement(json("7", "\\u0031")),
            "SETTLEMENT",
            "canonical JSON escapes only what it must")
        .invalid(
            "newline-after",
            settlement(json("7", "1") + "\n"),
            "SETTLEMENT",
            "nothing follows the object")
        .invalid(
            "nul-after",
            settlement(json("7", "1") + "\0"),
            "SETTLEMENT",
            "nothing follows the object");
  }
}
