/**
 * What keeps a running coordinator in order: room on its disk, whether it may take work, what a
 * monitor is told, copies of all it holds.
 *
 * <p>Knows nothing of what is decided, and nothing of HTTP.
 */
@NullMarked
package org.almoner.coordinator.operate;

import org.jspecify.annotations.NullMarked;
