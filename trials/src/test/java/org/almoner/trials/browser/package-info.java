/**
 * A real browser that looks at pages as people do, and rules that every page keeps.
 *
 * <p>Knows nothing of what the pages say.
 */
@NullMarked
package org.almoner.trials.browser;

import org.jspecify.annotations.NullMarked;
