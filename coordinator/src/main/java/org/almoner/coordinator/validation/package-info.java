/**
 * Which result is believed, and what becomes of each line: pure rules.
 *
 * <p>Knows nothing of leases, rows or the log.
 */
@NullMarked
package org.almoner.coordinator.validation;

import org.jspecify.annotations.NullMarked;
