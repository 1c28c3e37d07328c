/**
 * The audit of a register: its file, its documents, their evidence and the log, read again by code
 * of its own and held against each other.
 *
 * <p>Knows the formats as {@code docs/spec/register.md} writes them down. Uses nothing of the rooms
 * that write them, and changes nothing.
 */
@NullMarked
package org.almoner.tax.bookcheck;

import org.jspecify.annotations.NullMarked;
