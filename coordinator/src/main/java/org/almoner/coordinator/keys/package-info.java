/**
 * The coordinator's two secret keys and the files that hold their seeds.
 *
 * <p>Knows nothing of what is signed.
 */
@NullMarked
package org.almoner.coordinator.keys;

import org.jspecify.annotations.NullMarked;
