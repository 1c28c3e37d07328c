/**
 * How a statement looks as a PDF, and how its attachments are taken out again.
 *
 * <p>Knows nothing of keys, registers or logs; the only room beside {@code seal} that imports
 * iText.
 */
@NullMarked
package org.almoner.tax.pdf;

import org.jspecify.annotations.NullMarked;
