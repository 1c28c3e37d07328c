/**
 * Which lines of a log an auditor looks at, by dice that nobody could foresee, and what may be said
 * of all lines after some were looked at.
 *
 * <p>Knows neither what the lines say nor how a unit is run again. Specified in {@code
 * docs/spec/audit-sample.md}.
 */
@NullMarked
package org.almoner.ledger.sample;

import org.jspecify.annotations.NullMarked;
