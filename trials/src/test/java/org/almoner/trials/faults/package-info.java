/**
 * The machine fails under a log: a process dies in a system call, a disk refuses one, the power
 * goes, the disk is full.
 *
 * <p>Knows how to make a disk fail and what was acknowledged. Knows nothing of how a store works.
 */
@NullMarked
package org.almoner.trials.faults;

import org.jspecify.annotations.NullMarked;
