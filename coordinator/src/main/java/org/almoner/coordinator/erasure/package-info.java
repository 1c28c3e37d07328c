/**
 * Erasing a donor: what is removed and destroyed here, and which leaves of the log say nothing ever
 * after.
 *
 * <p>Knows nothing of names and documents; whoever keeps those erases them too.
 */
@NullMarked
package org.almoner.coordinator.erasure;

import org.jspecify.annotations.NullMarked;
