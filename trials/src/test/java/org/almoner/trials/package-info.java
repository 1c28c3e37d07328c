/**
 * Trials of the whole: what must hold when every room works together, and when what is around them
 * fails or cheats. {@code docs/design/trials.md} says what each trial claims.
 *
 * <p>Knows nothing that a stranger could not find out: it asks over HTTP, reads the public log, and
 * counts for itself.
 */
@NullMarked
package org.almoner.trials;

import org.jspecify.annotations.NullMarked;
