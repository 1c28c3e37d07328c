/**
 * How this agent presents itself to a coordinator and says whose computer it is.
 *
 * <p>Knows nothing of accounts, nor of how its words travel.
 */
@NullMarked
package org.almoner.agent.enrolment;

import org.jspecify.annotations.NullMarked;
