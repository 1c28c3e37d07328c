/**
 * Agents that lie, the coordinator they lie to, and the books that somebody outside draws up.
 *
 * <p>Knows how to lie over HTTP; knows nothing of which lie is found by which rule.
 */
@NullMarked
package org.almoner.trials.liars;

import org.jspecify.annotations.NullMarked;
