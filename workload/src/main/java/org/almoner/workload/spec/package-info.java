/**
 * The owner's workload file: what it may say, every fault it can have, and the units it stands for.
 *
 * <p>Knows nothing of the disk the file lies on, of engines, or of who runs the units.
 */
@NullMarked
package org.almoner.workload.spec;

import org.jspecify.annotations.NullMarked;
