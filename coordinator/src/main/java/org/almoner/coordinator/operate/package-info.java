/**
 * What keeps a running coordinator in order: room on its disk, whether it may take work, what a
 * monitor is told.
 *
 * <p>Knows nothing of what is decided. Of HTTP it knows what requests are for and how they end.
 */
@NullMarked
package org.almoner.coordinator.operate;

import org.jspecify.annotations.NullMarked;
