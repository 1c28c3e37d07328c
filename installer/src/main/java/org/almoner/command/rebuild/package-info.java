/**
 * A release's module built again from the recorded source, in a sandbox, and compared.
 *
 * <p>Knows nothing of coordinators or of who is told.
 */
@NullMarked
package org.almoner.command.rebuild;

import org.jspecify.annotations.NullMarked;
