/**
 * Made-up documents that show what a profile says, and the check of a profile by means of them.
 *
 * <p>Knows nothing of real donors, of the log or of the register.
 */
@NullMarked
package org.almoner.tax.specimen;

import org.jspecify.annotations.NullMarked;
