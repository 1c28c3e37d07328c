/**
 * Which document has which number and what became of it: an append-only register of events and the
 * sealed files themselves.
 *
 * <p>Knows nothing of what a document says.
 */
@NullMarked
package org.almoner.tax.register;

import org.jspecify.annotations.NullMarked;
