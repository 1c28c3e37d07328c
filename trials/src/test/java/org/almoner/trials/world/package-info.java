/**
 * What trials are made in: real processes of the {@code almoner} command, the operator's and the
 * owner's side of HTTP, and the log as a stranger copies it.
 *
 * <p>Knows nothing of what a trial claims.
 */
@NullMarked
package org.almoner.trials.world;

import org.jspecify.annotations.NullMarked;
