/**
 * An auditor runs work of others again: lines drawn by dice are opened, held against what the log
 * and their own record allow, their units run once more, and the findings written down.
 *
 * <p>Knows nothing of the command line. Rules of the draw: {@code ledger.sample}.
 */
@NullMarked
package org.almoner.command.audit;

import org.jspecify.annotations.NullMarked;
