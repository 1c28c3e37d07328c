/**
 * What may be asked of the coordinator, and what it answers: the seam between the writer and HTTP.
 *
 * <p>Knows nothing of HTTP, of storage, or of how decisions are made.
 */
@NullMarked
package org.almoner.coordinator.desk;

import org.jspecify.annotations.NullMarked;
