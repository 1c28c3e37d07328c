/**
 * Knows how a Wasm module becomes a program of this computer's own, by wabt's wasm2c, a C compiler
 * and our host in C, and how such a program runs a unit in the sandbox.
 *
 * <p>Does not know what a sandbox is made of, nor which engine a unit should have.
 */
@NullMarked
package org.almoner.agent.run.fast;

import org.jspecify.annotations.NullMarked;
