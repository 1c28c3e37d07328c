/**
 * The volunteer's agent put together: it asks for work, runs it, reports it and keeps the proofs.
 *
 * <p>Knows nothing of how any of these is done; each has a room of its own below this one.
 */
@NullMarked
package org.almoner.agent;

import org.jspecify.annotations.NullMarked;
