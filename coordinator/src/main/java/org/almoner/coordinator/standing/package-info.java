/**
 * How a donor's lines stand: what counts, what will, and what will not and why.
 *
 * <p>Knows nothing of who asks, of names, or of how outcomes come about.
 */
@NullMarked
package org.almoner.coordinator.standing;

import org.jspecify.annotations.NullMarked;
