/**
 * Measures this machine and the processes on it.
 *
 * <p>Knows nothing of what the processes do or whom the numbers are for. The only room that imports
 * OSHI.
 */
@NullMarked
package org.almoner.agent.meter;

import org.jspecify.annotations.NullMarked;
