/**
 * The page a browser shows: what is computed here and how to check it, in HTML without a script.
 *
 * <p>Knows nothing of HTTP; everything it shows is passed in.
 */
@NullMarked
package org.almoner.coordinator.http.page;

import org.jspecify.annotations.NullMarked;
