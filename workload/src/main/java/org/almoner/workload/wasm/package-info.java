/**
 * Admission of a Wasm module: what is refused and why, and the instruction counter that is put into
 * what is admitted.
 *
 * <p>A pure function of octets. Knows no engine, no disk and no network; an agent and a coordinator
 * that admit the same module under the same limits hold the same metered octets.
 */
@NullMarked
package org.almoner.workload.wasm;

import org.jspecify.annotations.NullMarked;
