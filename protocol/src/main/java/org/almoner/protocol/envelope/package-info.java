/**
 * Signed records in transit: a payload, its type and one signature over both.
 *
 * <p>Knows nothing of the payload's fields.
 */
@NullMarked
package org.almoner.protocol.envelope;

import org.jspecify.annotations.NullMarked;
