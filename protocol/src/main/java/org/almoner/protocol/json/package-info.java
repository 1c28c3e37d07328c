/**
 * JSON as it is signed: RFC 8785 canonical form, integers only, every field accounted for.
 *
 * <p>Knows nothing of what the fields mean, and nothing of HTTP.
 */
@NullMarked
package org.almoner.protocol.json;

import org.jspecify.annotations.NullMarked;
