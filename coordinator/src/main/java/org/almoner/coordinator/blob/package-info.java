/**
 * Files named by the SHA-256 of their octets: modules, inputs and large outputs.
 *
 * <p>Knows nothing of who may send or fetch them, and nothing of HTTP.
 */
@NullMarked
package org.almoner.coordinator.blob;

import org.jspecify.annotations.NullMarked;
