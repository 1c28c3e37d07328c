/**
 * The donor's own record of electricity: what it rests on, how it is reckoned, what it says and
 * what it may not say.
 *
 * <p>Knows nothing of the charity, of the register or of how a page is drawn: it is the donor's
 * paper, made on the donor's computer.
 */
@NullMarked
package org.almoner.tax.worksheet;

import org.jspecify.annotations.NullMarked;
