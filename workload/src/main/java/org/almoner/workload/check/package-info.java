/**
 * Whether a workload can be submitted: its file read, its files found and digested, offline.
 *
 * <p>Knows nothing of coordinators, keys or engines.
 */
@NullMarked
package org.almoner.workload.check;

import org.jspecify.annotations.NullMarked;
