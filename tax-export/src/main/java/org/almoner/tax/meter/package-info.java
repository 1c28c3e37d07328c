/**
 * What a meter at the wall read: exports of smart plugs, brought into one form of intervals with
 * their energy.
 *
 * <p>Knows times and watt-hours; knows nothing of units of work, of prices or of what an idle
 * computer takes.
 */
@NullMarked
package org.almoner.tax.meter;

import org.jspecify.annotations.NullMarked;
