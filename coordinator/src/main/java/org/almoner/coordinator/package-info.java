/**
 * The coordinator of volunteers' computers, put together: batches go in, leases go out, reports
 * come back, outcomes go into the public log.
 *
 * <p>Knows nothing of HTTP, of any particular store, of tax or of donors' names.
 */
@NullMarked
package org.almoner.coordinator;

import org.jspecify.annotations.NullMarked;
