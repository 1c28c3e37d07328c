/**
 * Who runs which unit: leases out, leases due, units that still need an answer.
 *
 * <p>Knows nothing of reports' signatures or of the log's form.
 */
@NullMarked
package org.almoner.coordinator.dispatch;

import org.jspecify.annotations.NullMarked;
