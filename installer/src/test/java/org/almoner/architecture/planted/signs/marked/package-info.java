/** Says what it is. */
@NullMarked
package org.almoner.architecture.planted.signs.marked;

import org.jspecify.annotations.NullMarked;
