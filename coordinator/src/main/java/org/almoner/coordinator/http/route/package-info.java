/**
 * What each route takes and answers: octets of a body in, a JSON value out, by way of the desk.
 *
 * <p>Knows nothing of HTTP libraries, threads or sockets; a status is only a number in a problem.
 */
@NullMarked
package org.almoner.coordinator.http.route;

import org.jspecify.annotations.NullMarked;
