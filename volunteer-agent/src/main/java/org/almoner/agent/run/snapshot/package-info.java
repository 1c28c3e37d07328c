/**
 * What is left of a unit between two of its steps, as a file that any engine writes and goes on
 * from: how it is read and written, to which unit it belongs, and what the parts before it took.
 *
 * <p>Knows no engine, and not where such files are kept.
 */
@NullMarked
package org.almoner.agent.run.snapshot;

import org.jspecify.annotations.NullMarked;
