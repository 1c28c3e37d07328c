/**
 * The coordinator's secret keys, one of them two while it is changed, and the files that hold their
 * seeds.
 *
 * <p>Knows nothing of what is signed.
 */
@NullMarked
package org.almoner.coordinator.keys;

import org.jspecify.annotations.NullMarked;
