/**
 * What must hold before a signed record of an agent is logged.
 *
 * <p>Knows nothing of which result is believed.
 */
@NullMarked
package org.almoner.coordinator.intake;

import org.jspecify.annotations.NullMarked;
