/**
 * The releases that were logged, which of them were recalled, and what came of building them again.
 *
 * <p>Knows nothing of batches, leases or of who may say what.
 */
@NullMarked
package org.almoner.coordinator.release;

import org.jspecify.annotations.NullMarked;
