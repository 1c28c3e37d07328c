/**
 * Puts the outcomes of matured lines into the log, in bulk and each once: agreed ones only while
 * their agents were not caught and turn out to be of enough donors.
 *
 * <p>Knows nothing of how an answer comes to be agreed.
 */
@NullMarked
package org.almoner.coordinator.settlement;

import org.jspecify.annotations.NullMarked;
