/**
 * Input that is wrong, and what a real coordinator answers to each.
 *
 * <p>Knows the routes and the problems as their pages describe them, and nothing of how they are
 * decided.
 */
@NullMarked
package org.almoner.trials.badinput;

import org.jspecify.annotations.NullMarked;
