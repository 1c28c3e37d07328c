/**
 * Files that are whole or absent whenever the power goes: the few verbs by which the agent keeps
 * what it must not lose.
 *
 * <p>Knows nothing of what the files say.
 */
@NullMarked
package org.almoner.agent.durable;

import org.jspecify.annotations.NullMarked;
