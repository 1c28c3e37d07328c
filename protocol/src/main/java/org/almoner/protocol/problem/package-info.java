/**
 * How a refusal crosses HTTP: RFC 9457 problem details.
 *
 * <p>Knows nothing of HTTP libraries.
 */
@NullMarked
package org.almoner.protocol.problem;

import org.jspecify.annotations.NullMarked;
