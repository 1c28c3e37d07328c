/**
 * What the log proves about this agent's reports: checked here, believed only then, kept for good.
 *
 * <p>Knows nothing of HTTP, and nothing of what a report says beyond its octets.
 */
@NullMarked
package org.almoner.agent.proof;

import org.jspecify.annotations.NullMarked;
