/**
 * What the coordinator allots: lease requests and signed grants of leases.
 *
 * <p>Knows nothing of how units are chosen, and nothing of running them.
 */
@NullMarked
package org.almoner.protocol.lease;

import org.jspecify.annotations.NullMarked;
