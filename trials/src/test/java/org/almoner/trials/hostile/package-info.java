/**
 * Clients that want to keep a coordinator from its work, and honest agents beside them.
 *
 * <p>Knows the served process from outside and what TCP allows; knows nothing of how it defends
 * itself.
 */
@NullMarked
package org.almoner.trials.hostile;

import org.jspecify.annotations.NullMarked;
