/**
 * What an owner's tokens open, and how an owner asks for them.
 *
 * <p>Knows nothing of how tokens are kept or checked.
 */
@NullMarked
package org.almoner.protocol.access;

import org.jspecify.annotations.NullMarked;
