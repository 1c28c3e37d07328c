/**
 * The coordinator, the log and the agents' side of the protocol in one JVM, under a clock, a
 * network and disks that a seed decides.
 */
@NullMarked
package org.almoner.simulation;

import org.jspecify.annotations.NullMarked;
