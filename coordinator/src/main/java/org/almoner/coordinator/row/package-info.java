/**
 * Rows: named octets that a store keeps, and how octets are written and read.
 *
 * <p>Knows nothing of what a row means, and nothing of any particular store.
 */
@NullMarked
package org.almoner.coordinator.row;

import org.jspecify.annotations.NullMarked;
