/**
 * One YAML document within bounds: its mappings, lists and scalars, each with the place where it
 * stood, and what a mistyped word was meant to be.
 *
 * <p>Knows nothing of what a document is about.
 */
@NullMarked
package org.almoner.workload.yaml;

import org.jspecify.annotations.NullMarked;
