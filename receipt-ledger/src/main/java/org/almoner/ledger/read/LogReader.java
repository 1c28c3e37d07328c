package org.almoner.ledger.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.almoner.ledger.tile.EntryBundle;
import org.almoner.ledger.tile.HashTile;
import org.almoner.ledger.tile.MalformedTile;
import org.almoner.ledger.tile.TilePath;
import org.almoner.ledger.tile.TileSource;
import org.almoner.ledger.tree.ConsistencyProof;
import org.almoner.ledger.tree.Frontier;
import org.almoner.ledger.tree.InclusionProof;
import org.almoner.ledger.tree.Subtrees;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/**
 * Entries and proofs of a log, from its tiles. Safe for use by several threads.
 *
 * <p>What it returns is as good as its source: a proof shows by itself whether it holds, an entry
 * must be placed by one. Sizes must be those of published checkpoints, or smaller than one.
 */
public final class LogReader {
  /** A cache of this many tiles takes some 10 MB and covers the right edge of any log. */
  public static final int TILES_IN_MEMORY = 256;

  private final TileSource source;
  private final TileCache cache;

  /** Reads from {@code source} and keeps {@link #TILES_IN_MEMORY} hash tiles in memory. */
  public LogReader(TileSource source) {
    this(source, TILES_IN_MEMORY);
  }

  /** As the other constructor, with at most {@code tilesMax} hash tiles in memory. */
  public LogReader(TileSource source, int tilesMax) {
    this.source = source;
    this.cache = new TileCache(tilesMax);
  }

  /** Takes tiles that are known already, such as those of the batch just published. */
  public void learn(Map<TilePath, HashTile> tiles) {
    cache.putAll(tiles);
  }

  /**
   * Proof that leaf {@code index} is in the tree of {@code size} entries.
   *
   * @throws TileUnreadable when the log lacks a tile it must have
   */
  public InclusionProof inclusion(long index, long size) throws IOException {
    return InclusionProof.build(index, size, subtrees(size));
  }

  /**
   * Proofs for {@code count} leaves from {@code first} on. Neighbours share most of what stands
   * beside their paths; it is looked up, and where the tree is ragged hashed, only once.
   *
   * @throws TileUnreadable when the log lacks a tile it must have
   */
  public List<InclusionProof> inclusions(long first, int count, long size) throws IOException {
    InclusionProofs shared = inclusions(size);
    List<InclusionProof> proofs = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      proofs.add(shared.of(first + i));
    }
    return proofs;
  }

  /** Proofs in the tree of {@code size} entries, of leaves anywhere in it. */
  public InclusionProofs inclusions(long size) {
    return new InclusionProofs(size, new SharedSubtrees(subtrees(size)));
  }

  /** Proof that the tree of {@code first} entries is a beginning of the one of {@code second}. */
  public ConsistencyProof consistency(long first, long second) throws IOException {
    return ConsistencyProof.build(first, second, subtrees(second));
  }

  /**
   * The edge of the tree of the first {@code begin} entries of a log of {@code size}, as the tiles
   * have it: entries that are added to it and lead to a root that is known prove it, and
   * themselves.
   */
  public Frontier frontier(long begin, long size) throws IOException {
    if (begin > size) {
      throw new IllegalArgumentException("a log of size " + size + " has no entry " + begin);
    }
    Subtrees subtrees = subtrees(size);
    List<Hash> peaks = new ArrayList<>();
    long at = 0;
    while (at < begin) {
      long width = Long.highestOneBit(begin - at);
      peaks.add(subtrees.root(Long.numberOfTrailingZeros(width), at / width));
      at += width;
    }
    return Frontier.of(begin, peaks);
  }

  /** Root of the tree of {@code size} entries, as the tiles have it. */
  public Hash root(long size) throws IOException {
    return subtrees(size).range(0, size);
  }

  /** Hash of leaf {@code index} in a log of {@code size} entries. */
  public Hash leaf(long index, long size) throws IOException {
    return subtrees(size).root(0, index);
  }

  /** Entry {@code index} of a log of {@code size} entries. */
  public Bytes entry(long index, long size) throws IOException {
    TilePath path = holding(TilePath.ENTRIES, index, size);
    return bundle(path).entries().get((int) (index - path.firstItem()));
  }

  /** Entries {@code from} to the end of the bundle that holds it, at least one. */
  public List<Bytes> entriesFrom(long from, long size) throws IOException {
    TilePath path = holding(TilePath.ENTRIES, from, size);
    List<Bytes> entries = bundle(path).entries();
    return entries.subList((int) (from - path.firstItem()), entries.size());
  }

  private Subtrees subtrees(long size) {
    return (height, index) -> {
      int level = height / TilePath.HEIGHT;
      int within = height % TilePath.HEIGHT;
      TilePath path = holding(level, index << within, size);
      return tile(path).subtree(within, (int) (index - (path.firstItem() >> within)));
    };
  }

  private static TilePath holding(int level, long item, long size) {
    return TilePath.holding(level, item, size)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "a log of size " + size + " has no item " + item + " at level " + level));
  }

  private HashTile tile(TilePath path) throws IOException {
    Optional<HashTile> known = cache.get(path);
    if (known.isPresent()) {
      return known.get();
    }
    try {
      HashTile tile = HashTile.parse(octets(path), path.width());
      cache.put(path, tile);
      return tile;
    } catch (MalformedTile e) {
      throw new TileUnreadable(path + " is damaged: " + e.getMessage());
    }
  }

  private EntryBundle bundle(TilePath path) throws IOException {
    try {
      return EntryBundle.parse(octets(path), path.width());
    } catch (MalformedTile e) {
      throw new TileUnreadable(path + " is damaged: " + e.getMessage());
    }
  }

  private Bytes octets(TilePath path) throws IOException {
    return source
        .find(path)
        .orElseThrow(() -> new TileUnreadable(path + " is missing from the log"));
  }
}
