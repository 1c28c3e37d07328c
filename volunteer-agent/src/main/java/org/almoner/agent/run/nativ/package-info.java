/**
 * Units whose software is a program for this kind of computer: how it is laid out in a sandbox,
 * held to its disk, and what of what it leaves becomes the output bundle.
 *
 * <p>Knows nothing of Wasm, and not how the sandbox keeps the program in.
 */
@NullMarked
package org.almoner.agent.run.nativ;

import org.jspecify.annotations.NullMarked;
