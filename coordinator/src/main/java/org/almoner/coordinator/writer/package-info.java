/**
 * The one thread that changes anything: it drains requests, lets each decide in memory, makes the
 * whole group durable in one step and only then answers.
 *
 * <p>Knows nothing of what the requests are about.
 */
@NullMarked
package org.almoner.coordinator.writer;

import org.jspecify.annotations.NullMarked;
