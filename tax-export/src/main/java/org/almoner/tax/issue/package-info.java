/**
 * Drawing up and giving out documents: from the log and its openings to numbered, sealed files.
 *
 * <p>Knows the order of the steps. Knows nothing of leases or of HTTP.
 */
@NullMarked
package org.almoner.tax.issue;

import org.jspecify.annotations.NullMarked;
