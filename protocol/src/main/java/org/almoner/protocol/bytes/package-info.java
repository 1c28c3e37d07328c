/**
 * Octets with value semantics: byte strings, SHA-256 digests and their hexadecimal form.
 *
 * <p>Knows nothing of what the octets mean.
 */
@NullMarked
package org.almoner.protocol.bytes;

import org.jspecify.annotations.NullMarked;
