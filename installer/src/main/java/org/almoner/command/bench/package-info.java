/**
 * What a coordinator can bear: load made by real signed requests against a coordinator in a process
 * of its own, every answer verified, and the figures that come of it.
 *
 * <p>Knows the coordinator by its addresses and the log by its proofs; knows no other verb.
 */
@NullMarked
package org.almoner.command.bench;

import org.jspecify.annotations.NullMarked;
