package org.almoner.tax.receipt;

import java.time.LocalDate;
import org.almoner.protocol.bytes.Hash;

/**
 * Where the public log holds what a statement rests on.
 *
 * @param origin name of the log, at most 100 characters
 * @param leafIndex index of the statement's own entry, 0 or more
 * @param treeSize size of the tree of the cited checkpoint; more than {@code leafIndex}
 * @param root root hash of that tree
 * @param entries digest of the list of entries that were added up
 * @param checkpointDate UTC date of the checkpoint
 */
public record LogEvidence(
    String origin,
    long leafIndex,
    long treeSize,
    Hash root,
    Hash entries,
    LocalDate checkpointDate) {
  public LogEvidence {
    origin = PlainLine.of("the log's origin", origin, 100);
    if (leafIndex < 0 || treeSize <= leafIndex) {
      throw new IllegalArgumentException(
          "entry " + leafIndex + " does not lie in a tree of " + treeSize + " entries");
    }
  }
}
