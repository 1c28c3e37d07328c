/**
 * What opens the log's commitments: for each group commit one page with the records behind its
 * entries, their salts, and the small outputs that came with them.
 *
 * <p>Knows nothing of what is decided about a record.
 */
@NullMarked
package org.almoner.coordinator.journal;

import org.jspecify.annotations.NullMarked;
