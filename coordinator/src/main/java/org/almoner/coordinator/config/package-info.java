/**
 * What the operator may set: every setting's name, form, bounds and meaning in one table, and the
 * values that a file, the environment and the command line give together, each with its origin.
 *
 * <p>Knows nothing of what a setting is used for.
 */
@NullMarked
package org.almoner.coordinator.config;

import org.jspecify.annotations.NullMarked;
