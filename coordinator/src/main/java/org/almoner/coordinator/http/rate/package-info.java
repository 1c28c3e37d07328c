/**
 * How often anyone may ask, counted by address, account and agent.
 *
 * <p>Knows addresses and digests; nothing of HTTP libraries, routes or what is asked.
 */
@NullMarked
package org.almoner.coordinator.http.rate;

import org.jspecify.annotations.NullMarked;
