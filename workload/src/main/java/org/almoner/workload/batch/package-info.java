/**
 * What an owner submits: the units of one release, as a signed record that stays small however many
 * units there are.
 *
 * <p>Knows nothing of YAML files, leases or volunteers.
 */
@NullMarked
package org.almoner.workload.batch;

import org.jspecify.annotations.NullMarked;
