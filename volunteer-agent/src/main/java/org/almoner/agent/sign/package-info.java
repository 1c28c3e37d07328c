/**
 * The agent's own key: made at the first start, kept in one private file, used to sign.
 *
 * <p>Knows nothing of what is signed.
 */
@NullMarked
package org.almoner.agent.sign;

import org.jspecify.annotations.NullMarked;
