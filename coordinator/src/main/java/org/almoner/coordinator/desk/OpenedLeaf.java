package org.almoner.coordinator.desk;

import java.util.List;

/**
 * One logged line as an auditor gets it.
 *
 * @param opening what opens it
 * @param enrolments what opens its agent's newest enrolment; none when that is not known any more
 * @param agreed the answer that was given out as the result of its unit; none while there is none
 */
public record OpenedLeaf(
    LineOpening opening, List<EnrolmentOpening> enrolments, List<UnitResult> agreed) {
  /** Copies the lists. */
  public OpenedLeaf {
    enrolments = List.copyOf(enrolments);
    agreed = List.copyOf(agreed);
  }
}
