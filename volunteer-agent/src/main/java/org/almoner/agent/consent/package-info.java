/**
 * What the owner of this computer lends, and no more.
 *
 * <p>Knows nothing of work.
 */
@NullMarked
package org.almoner.agent.consent;

import org.jspecify.annotations.NullMarked;
