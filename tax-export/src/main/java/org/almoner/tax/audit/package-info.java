/**
 * The audit of many donors' documents at once: a folder of statements and their evidence, held
 * against each other and against the log.
 *
 * <p>Knows nothing of how the log is reached, and takes no word of the operator's but signed ones.
 */
@NullMarked
package org.almoner.tax.audit;

import org.jspecify.annotations.NullMarked;
