/**
 * The {@code almoner} command: every verb, and how the rooms behind it are put together.
 *
 * <p>Knows which rooms there are and what each needs; knows the rules of none of them. The only
 * place that reads the clock, the environment and the terminal.
 */
@NullMarked
package org.almoner.command;

import org.jspecify.annotations.NullMarked;
