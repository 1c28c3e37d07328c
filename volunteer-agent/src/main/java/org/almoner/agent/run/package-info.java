/**
 * What it is to run one unit: the task, its outcome and what it used.
 *
 * <p>Knows neither which engine runs nor where leases come from.
 */
@NullMarked
package org.almoner.agent.run;

import org.jspecify.annotations.NullMarked;
