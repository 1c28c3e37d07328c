/**
 * Six programs, each as a native program and as a unit on every engine: what an engine costs, and
 * whether all of them say the same.
 *
 * <p>Knows how to get and build the programs; knows no engine but by its {@link
 * org.almoner.agent.run.Runner}.
 */
@NullMarked
package org.almoner.command.bench.wasm;

import org.jspecify.annotations.NullMarked;
