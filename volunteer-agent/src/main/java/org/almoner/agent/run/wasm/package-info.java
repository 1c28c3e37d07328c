/**
 * Runs one metered Wasm module in a process of its own: the engine, the guest's memory, and
 * everything the guest can see.
 *
 * <p>Knows nothing of leases, signatures or the network, and trusts neither the module nor its
 * inputs.
 */
@NullMarked
package org.almoner.agent.run.wasm;

import org.jspecify.annotations.NullMarked;
