/**
 * The rules of the house as tests: each holds for the product, and each was seen to fail on classes
 * planted to break it.
 *
 * <p>Knows nothing of what the product does.
 */
@NullMarked
package org.almoner.architecture;

import org.jspecify.annotations.NullMarked;
