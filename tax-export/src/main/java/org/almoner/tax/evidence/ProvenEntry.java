package org.almoner.tax.evidence;

import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.tree.InclusionProof;

/**
 * A public entry of the log with its place.
 *
 * @param leaf index in the log
 * @param inclusion proof in the tree of the evidence's checkpoint
 */
public record ProvenEntry(long leaf, Entry entry, InclusionProof inclusion) {}
