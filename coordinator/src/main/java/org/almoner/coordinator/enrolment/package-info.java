/**
 * The agents: their keys, their machines, their chains of reports and whose computers they are.
 *
 * <p>Knows nothing of leases or results.
 */
@NullMarked
package org.almoner.coordinator.enrolment;

import org.jspecify.annotations.NullMarked;
