package org.almoner.ledger.tile;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a tile or an entry bundle is served, relative to the prefix of the log: {@code
 * tile/<L>/<N>[.p/<W>]} or {@code tile/entries/<N>[.p/<W>]}.
 *
 * @param level 0 to {@value #LEVEL_MAX} for hashes; {@value #ENTRIES} for an entry bundle
 * @param index place among the tiles of the level, from 0
 * @param width items held: {@value #FULL} in a full tile, fewer in a partial one, never 0
 * @see <a href="https://c2sp.org/tlog-tiles">c2sp.org/tlog-tiles</a>
 */
public record TilePath(int level, long index, int width) implements Comparable<TilePath> {
  /** Items in a full tile. */
  public static final int FULL = 256;

  /** Highest level of hashes. */
  public static final int LEVEL_MAX = 63;

  /** Stands for a level in the path of an entry bundle. */
  public static final int ENTRIES = -1;

  /** Tree levels that one tile spans. */
  public static final int HEIGHT = 8;

  // 19 digits: indexes end at 2^63 - 1.
  private static final int GROUPS_MAX = 7;
  private static final Pattern FORM =
      Pattern.compile(
          "tile/(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/){0,"
              + (GROUPS_MAX - 1)
              + "}[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

  /** Refuses a level, index or width out of bounds. */
  public TilePath {
    if (level < ENTRIES || level > LEVEL_MAX) {
      throw new IllegalArgumentException("a tile level lies between 0 and 63; this is " + level);
    }
    if (index < 0) {
      throw new IllegalArgumentException("a tile index is not negative; this is " + index);
    }
    if (width < 1 || width > FULL) {
      throw new IllegalArgumentException("a tile holds 1 to 256 items; this holds " + width);
    }
  }

  /**
   * Reads a path.
   *
   * @throws MalformedTile naming the part that is wrong
   */
  public static TilePath parse(String path) throws MalformedTile {
    Matcher matcher = FORM.matcher(path);
    if (!matcher.matches()) {
      throw new MalformedTile("not a tile path: expected tile/<L>/<N>[.p/<W>], got " + path);
    }
    String groups = matcher.group(2);
    if (groups.startsWith("x000/")) {
      throw new MalformedTile("the tile index starts with a group of zeros: " + path);
    }
    String width = matcher.group(3);
    try {
      TilePath parsed =
          new TilePath(
              matcher.group(1).equals("entries") ? ENTRIES : Integer.parseInt(matcher.group(1)),
              Long.parseLong(groups.replace("x", "").replace("/", "")),
              width == null ? FULL : Integer.parseInt(width));
      if (width != null && parsed.isFull()) {
        throw new MalformedTile("a partial tile holds 1 to 255 items: " + path);
      }
      return parsed;
    } catch (IllegalArgumentException e) {
      throw new MalformedTile(e.getMessage() + ": " + path);
    }
  }

  /** Items that a level holds in a tree of {@code size} entries. */
  public static long count(int level, long size) {
    int shift = HEIGHT * Math.max(level, 0);
    return shift >= Long.SIZE ? 0 : size >>> shift;
  }

  /**
   * The tile, full or partial, that holds an item in the tree of {@code size} entries.
   *
   * @param item place of the item within its level, from 0
   * @return nothing when the tree does not hold the item
   */
  public static Optional<TilePath> holding(int level, long item, long size) {
    long count = count(level, size);
    if (item < 0 || item >= count) {
      return Optional.empty();
    }
    long index = item / FULL;
    return Optional.of(new TilePath(level, index, (int) Math.min(FULL, count - index * FULL)));
  }

  /** Whether this is a bundle of entries rather than a tile of hashes. */
  public boolean isEntries() {
    return level == ENTRIES;
  }

  /** Whether all {@value #FULL} items are there. */
  public boolean isFull() {
    return width == FULL;
  }

  /** The same tile once it is full. */
  public TilePath full() {
    return new TilePath(level, index, FULL);
  }

  /** Place of the first item within the level. */
  public long firstItem() {
    return index * FULL;
  }

  @Override
  public int compareTo(TilePath other) {
    int byLevel = Integer.compare(level, other.level);
    int byIndex = byLevel != 0 ? byLevel : Long.compare(index, other.index);
    return byIndex != 0 ? byIndex : Integer.compare(width, other.width);
  }

  /** The path, without a slash in front. */
  @Override
  public String toString() {
    StringBuilder groups = new StringBuilder();
    long rest = index;
    do {
      String group = String.format(Locale.ROOT, "%03d", rest % 1000);
      groups.insert(0, groups.isEmpty() ? group : "x" + group + "/");
      rest /= 1000;
    } while (rest > 0);
    return "tile/"
        + (isEntries() ? "entries" : Integer.toString(level))
        + "/"
        + groups
        + (isFull() ? "" : ".p/" + width);
  }
}
