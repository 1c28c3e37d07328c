package org.almoner.tax.evidence;

import org.almoner.ledger.tally.UsageOpening;
import org.almoner.ledger.tree.InclusionProof;

/**
 * An opened usage line with its place.
 *
 * @param inclusion proof in the tree of the evidence's checkpoint
 */
public record ProvenLine(UsageOpening opening, InclusionProof inclusion) {}
