/**
 * What is run: a named, licensed version of a workload, signed by its owner.
 *
 * <p>Knows nothing of units or volunteers.
 */
@NullMarked
package org.almoner.protocol.release;

import org.jspecify.annotations.NullMarked;
