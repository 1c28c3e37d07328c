/**
 * How the outputs of two runs of one unit are compared where they need not be the same octets.
 *
 * <p>Knows nothing of who ran them, or of what follows when they differ.
 */
@NullMarked
package org.almoner.workload.compare;

import org.jspecify.annotations.NullMarked;
