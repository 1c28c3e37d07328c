package org.almoner.coordinator.desk;

import java.util.List;

/**
 * Some units of a batch, in order.
 *
 * @param next the unit to go on from; the number of units when all were looked at
 */
public record UnitPage(List<UnitView> units, long next) {
  /** Copies the list. */
  public UnitPage {
    units = List.copyOf(units);
  }
}
