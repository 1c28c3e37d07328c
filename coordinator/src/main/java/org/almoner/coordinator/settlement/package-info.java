/**
 * Puts the outcomes of matured lines into the log, in bulk and each once.
 *
 * <p>Knows nothing of how an outcome comes about.
 */
@NullMarked
package org.almoner.coordinator.settlement;

import org.jspecify.annotations.NullMarked;
