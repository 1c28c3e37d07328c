/**
 * What a document may say in one legal setting: profiles as data, the gate that lets a donor's
 * document be made under a reviewed one, and the lint that refuses the rest.
 *
 * <p>Knows nothing of donors, logs or how a page is drawn.
 */
@NullMarked
package org.almoner.tax.jurisdiction;

import org.jspecify.annotations.NullMarked;
