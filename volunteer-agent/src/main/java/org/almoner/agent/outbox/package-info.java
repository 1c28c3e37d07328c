/**
 * Finished work on its way to the log: kept before it is sent, and until the proof is here.
 *
 * <p>Knows nothing of how a report travels or how a proof is checked.
 */
@NullMarked
package org.almoner.agent.outbox;

import org.jspecify.annotations.NullMarked;
