package org.almoner.ledger.read;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.almoner.ledger.tree.Subtrees;
import org.almoner.protocol.bytes.Hash;

/** Subtrees of one tree that are looked up once for several proofs. Used by one thread. */
final class SharedSubtrees implements Subtrees {
  private final Subtrees source;
  private final Map<Range, Hash> known = new HashMap<>();

  private record Range(long begin, long end) {}

  SharedSubtrees(Subtrees source) {
    this.source = source;
  }

  @Override
  public Hash root(int height, long index) throws IOException {
    return source.root(height, index);
  }

  @Override
  public Hash range(long begin, long end) throws IOException {
    Range range = new Range(begin, end);
    Hash found = known.get(range);
    if (found == null) {
      found = source.range(begin, end);
      known.put(range, found);
    }
    return found;
  }
}
