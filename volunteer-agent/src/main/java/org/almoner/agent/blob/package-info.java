/**
 * Modules and input files by digest, on disk, within a bound.
 *
 * <p>Knows nothing of where they come from or what they are.
 */
@NullMarked
package org.almoner.agent.blob;

import org.jspecify.annotations.NullMarked;
