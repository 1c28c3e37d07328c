/**
 * How the owner sees what the agent does, and stops it.
 *
 * <p>Knows nothing of work or coordinators: it is told.
 */
@NullMarked
package org.almoner.agent.control;

import org.jspecify.annotations.NullMarked;
