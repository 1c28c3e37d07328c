/**
 * What running programs write on this computer's disk: how much that is, and when one has to end.
 *
 * <p>Does not know what the programs are, nor what becomes of what they leave.
 */
@NullMarked
package org.almoner.agent.run.disk;

import org.jspecify.annotations.NullMarked;
