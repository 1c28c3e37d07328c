/**
 * The evidence beside a document: openings and proofs of every line behind it, in one zip file.
 *
 * <p>Knows the file's form and what it proves; knows nothing of documents or of names.
 */
@NullMarked
package org.almoner.tax.evidence;

import org.jspecify.annotations.NullMarked;
