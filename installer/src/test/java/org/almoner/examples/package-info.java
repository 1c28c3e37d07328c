/**
 * The examples that the tree carries: what was built is what its source gives.
 *
 * <p>Knows which compiler built them.
 */
@org.jspecify.annotations.NullMarked
package org.almoner.examples;
