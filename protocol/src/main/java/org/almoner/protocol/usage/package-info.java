/**
 * What an agent measured, as it signs it.
 *
 * <p>Knows nothing of how to measure, and nothing of what counts.
 */
@NullMarked
package org.almoner.protocol.usage;

import org.jspecify.annotations.NullMarked;
