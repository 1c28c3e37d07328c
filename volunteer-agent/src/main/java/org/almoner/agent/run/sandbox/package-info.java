/**
 * The wall around programs that nobody here wrote: what they see of a volunteer's computer, what
 * they may ask its kernel for, and why there is no such wall on some computers.
 *
 * <p>Knows neither what the program computes nor how its use is measured.
 */
@NullMarked
package org.almoner.agent.run.sandbox;

import org.jspecify.annotations.NullMarked;
