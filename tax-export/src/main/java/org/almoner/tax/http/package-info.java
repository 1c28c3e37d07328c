/**
 * Documents over HTTP: the operator draws them up, each donor fetches their own.
 *
 * <p>Knows paths and bodies; knows nothing of how a document is made, or of who holds which token.
 */
@NullMarked
package org.almoner.tax.http;

import org.jspecify.annotations.NullMarked;
