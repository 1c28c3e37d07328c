/**
 * Checking a whole log from outside: every entry against the tree, and the rules that entries in
 * clear must keep.
 *
 * <p>Knows nothing of openings: what a commitment hides is for its auditor to check.
 */
@NullMarked
package org.almoner.ledger.check;

import org.jspecify.annotations.NullMarked;
