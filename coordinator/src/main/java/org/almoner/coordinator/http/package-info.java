/**
 * The coordinator's face to the network: one listening socket, its limits, its routes and its page.
 *
 * <p>Knows nothing of how the desk decides, and keeps nothing but connections.
 */
@NullMarked
package org.almoner.coordinator.http;

import org.jspecify.annotations.NullMarked;
