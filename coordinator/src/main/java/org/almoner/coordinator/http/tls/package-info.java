/**
 * The certificate and the private key that callers of this coordinator meet, read from files and
 * read again when they were renewed.
 *
 * <p>Knows PEM and PKCS#12; nothing of sockets, HTTP or what is served.
 */
@NullMarked
package org.almoner.coordinator.http.tls;

import org.jspecify.annotations.NullMarked;
