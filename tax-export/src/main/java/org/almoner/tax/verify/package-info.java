/**
 * What a reader trusts when they check a document: which log, and whose seals.
 *
 * <p>Knows nothing of how a document is drawn or sealed.
 */
@NullMarked
package org.almoner.tax.verify;

import org.jspecify.annotations.NullMarked;
