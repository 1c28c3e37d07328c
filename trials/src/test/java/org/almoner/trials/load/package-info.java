/**
 * Agents without a computer behind them: real keys and signatures, real checks of every proof, and
 * answers made up by a rule that all of them know.
 *
 * <p>Knows nothing of processes or of what is done to the coordinator meanwhile.
 */
@NullMarked
package org.almoner.trials.load;

import org.jspecify.annotations.NullMarked;
