/**
 * What a document may say in one legal setting: profiles as data, and the lint that refuses the
 * rest.
 *
 * <p>Knows nothing of donors, logs or how a page is drawn.
 */
@NullMarked
package org.almoner.tax.jurisdiction;

import org.jspecify.annotations.NullMarked;
