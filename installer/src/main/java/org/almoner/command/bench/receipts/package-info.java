/**
 * What a receipt costs: donors with signed reports in a real log, and the way of each from openings
 * to a sealed file.
 *
 * <p>Knows how documents are drawn up; knows neither the register nor the running coordinator.
 */
@NullMarked
package org.almoner.command.bench.receipts;

import org.jspecify.annotations.NullMarked;
