package org.almoner.ledger.tile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.almoner.ledger.tree.TreeHash;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/**
 * The 1 to 256 hashes of one tile, with every perfect subtree inside it already computed.
 *
 * @see <a href="https://c2sp.org/tlog-tiles">c2sp.org/tlog-tiles</a>
 */
public final class HashTile {
  /** {@code rows.get(h)} holds the roots of the perfect subtrees of 2^h hashes. */
  private final List<List<Hash>> rows;

  private HashTile(List<Hash> hashes) {
    rows = new ArrayList<>(TilePath.HEIGHT + 1);
    rows.add(List.copyOf(hashes));
    for (List<Hash> below = hashes; below.size() > 1; below = rows.get(rows.size() - 1)) {
      List<Hash> row = new ArrayList<>(below.size() / 2);
      for (int i = 0; i + 1 < below.size(); i += 2) {
        row.add(TreeHash.node(below.get(i), below.get(i + 1)));
      }
      rows.add(row);
    }
  }

  /**
   * Reads the octets of a tile.
   *
   * @param width hashes that its path promises
   * @throws MalformedTile when the length differs
   */
  public static HashTile parse(Bytes octets, int width) throws MalformedTile {
    if (octets.size() != width * Hash.SIZE) {
      throw new MalformedTile(
          "a tile of width "
              + width
              + " has "
              + width * Hash.SIZE
              + " octets; this has "
              + octets.size());
    }
    byte[] all = octets.toArray();
    List<Hash> hashes = new ArrayList<>(width);
    for (int at = 0; at < all.length; at += Hash.SIZE) {
      hashes.add(Hash.of(Arrays.copyOfRange(all, at, at + Hash.SIZE)));
    }
    return new HashTile(hashes);
  }

  /** The tile that holds {@code hashes}, 1 to 256 of them. */
  public static HashTile of(List<Hash> hashes) {
    if (hashes.isEmpty() || hashes.size() > TilePath.FULL) {
      throw new IllegalArgumentException(
          "a tile holds 1 to 256 hashes; this holds " + hashes.size());
    }
    return new HashTile(hashes);
  }

  /** The octets of a tile that holds {@code hashes}. */
  public static Bytes format(List<Hash> hashes) {
    byte[] all = new byte[hashes.size() * Hash.SIZE];
    int at = 0;
    for (Hash hash : hashes) {
      System.arraycopy(hash.toArray(), 0, all, at, Hash.SIZE);
      at += Hash.SIZE;
    }
    return Bytes.of(all);
  }

  /** Number of hashes. */
  public int width() {
    return rows.get(0).size();
  }

  /** Hash {@code i}, from 0. */
  public Hash hash(int i) {
    return rows.get(0).get(i);
  }

  /** The hashes from left to right. */
  public List<Hash> hashes() {
    return rows.get(0);
  }

  /**
   * Root of a perfect subtree inside the tile.
   *
   * @param height 0 for a hash of the tile itself, 8 for the whole of a full tile
   * @param index place among the subtrees of that height
   * @throws IndexOutOfBoundsException when the tile does not hold all of it
   */
  public Hash subtree(int height, int index) {
    return rows.get(height).get(index);
  }

  /** Roots of the perfect subtrees that tile this one, highest and leftmost first. */
  public List<Hash> peaks() {
    List<Hash> peaks = new ArrayList<>();
    for (int height = rows.size() - 1; height >= 0; height--) {
      if ((width() >> height & 1) == 1) {
        peaks.add(rows.get(height).get((width() >> height) - 1));
      }
    }
    return peaks;
  }
}
