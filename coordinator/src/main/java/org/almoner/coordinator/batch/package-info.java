/**
 * The batches owners submitted, what is checked before one is taken, and how far each has come.
 *
 * <p>Knows nothing of agents or of who runs which unit.
 */
@NullMarked
package org.almoner.coordinator.batch;

import org.jspecify.annotations.NullMarked;
