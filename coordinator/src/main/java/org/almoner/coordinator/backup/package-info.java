/**
 * Copies of a coordinator's store, made while it is written: what is on the files, how a moment is
 * chosen for which they are whole, and how a store is made of them again.
 *
 * <p>Knows nothing of keys, names and documents, nor of what the rows say.
 */
@NullMarked
package org.almoner.coordinator.backup;

import org.jspecify.annotations.NullMarked;
