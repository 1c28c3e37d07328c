/**
 * Which result is believed, what becomes of each line, and whom to believe alone: pure rules.
 *
 * <p>Knows nothing of leases, stores or the log.
 */
@NullMarked
package org.almoner.coordinator.validation;

import org.jspecify.annotations.NullMarked;
