/**
 * The charity's seal: its key, sealing a document, and checking that a document is sealed and
 * whole.
 *
 * <p>Knows nothing of what a document says.
 */
@NullMarked
package org.almoner.tax.seal;

import org.jspecify.annotations.NullMarked;
