/**
 * Tables as comma-separated text, read strictly and written so that a spreadsheet takes them for
 * what they are.
 *
 * <p>Knows nothing of what stands in the cells.
 */
@NullMarked
package org.almoner.tax.csv;

import org.jspecify.annotations.NullMarked;
