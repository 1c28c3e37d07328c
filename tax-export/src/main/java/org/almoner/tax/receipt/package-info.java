/**
 * What a statement shows: its facts as values and its texts ready to be drawn.
 *
 * <p>Knows nothing of PDF, of keys, or of where the facts come from.
 */
@NullMarked
package org.almoner.tax.receipt;

import org.jspecify.annotations.NullMarked;
