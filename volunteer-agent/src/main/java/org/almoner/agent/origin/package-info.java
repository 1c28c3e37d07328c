/**
 * Which coordinator this agent lends to: its address, its log's name and the keys it showed first.
 *
 * <p>Knows nothing of how the coordinator is reached.
 */
@NullMarked
package org.almoner.agent.origin;

import org.jspecify.annotations.NullMarked;
