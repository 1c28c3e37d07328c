/**
 * How a reader who believes an old key of a log comes to believe its newest one.
 *
 * <p>Knows nothing of where rotations are kept or asked for.
 */
@NullMarked
package org.almoner.ledger.rotation;

import org.jspecify.annotations.NullMarked;
