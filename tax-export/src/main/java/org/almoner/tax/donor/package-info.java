/**
 * Who a pseudonym is: names and addresses of donors, and what the charity gave them, each sealed
 * under a key of the donor.
 *
 * <p>The only room that knows names. Knows nothing of what anybody gave, and tells nothing to the
 * log.
 */
@NullMarked
package org.almoner.tax.donor;

import org.jspecify.annotations.NullMarked;
