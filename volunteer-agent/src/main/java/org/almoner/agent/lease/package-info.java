/**
 * What the coordinator allotted to this agent: grants checked before they are believed, and the
 * leases in hand, which survive a restart.
 *
 * <p>Knows nothing of how a unit runs or how a grant travels.
 */
@NullMarked
package org.almoner.agent.lease;

import org.jspecify.annotations.NullMarked;
