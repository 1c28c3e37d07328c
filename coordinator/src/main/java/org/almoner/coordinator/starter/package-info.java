/**
 * The starter units: the software and batch the coordinator submits to itself, and the answers it
 * knows.
 *
 * <p>Knows nothing of who gets one, or of what follows from an answer.
 */
@NullMarked
package org.almoner.coordinator.starter;

import org.jspecify.annotations.NullMarked;
