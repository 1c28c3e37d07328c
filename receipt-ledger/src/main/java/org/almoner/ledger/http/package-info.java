/**
 * The log over HTTP, as tlog-tiles lays it out.
 *
 * <p>Knows nothing of servers, nor of what an entry says; what it serves is public and the same for
 * everybody.
 */
@NullMarked
package org.almoner.ledger.http;

import org.jspecify.annotations.NullMarked;
