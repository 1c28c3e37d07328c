/**
 * Signed notes: a text, and under it one line for each signature.
 *
 * <p>Knows nothing of what the text says.
 */
@NullMarked
package org.almoner.ledger.note;

import org.jspecify.annotations.NullMarked;
