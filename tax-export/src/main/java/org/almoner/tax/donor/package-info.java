/**
 * Who a pseudonym is: names and addresses of donors, one private file each.
 *
 * <p>The only room that knows names. Knows nothing of what anybody gave, and tells nothing to the
 * log.
 */
@NullMarked
package org.almoner.tax.donor;

import org.jspecify.annotations.NullMarked;
