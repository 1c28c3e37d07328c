/**
 * What an auditor finds: the public log, the openings, and what counts by them.
 *
 * <p>Knows nothing of the truth.
 */
@NullMarked
package org.almoner.simulation.books;

import org.jspecify.annotations.NullMarked;
