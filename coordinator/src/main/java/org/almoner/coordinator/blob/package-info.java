/**
 * Files named by the SHA-256 of their octets: modules, inputs and large outputs.
 *
 * <p>Notes which agent sent what, and knows nothing of who may send or fetch them, and nothing of
 * HTTP.
 */
@NullMarked
package org.almoner.coordinator.blob;

import org.jspecify.annotations.NullMarked;
