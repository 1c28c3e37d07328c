package org.almoner.coordinator.http.route;

import java.util.Optional;
import org.almoner.coordinator.desk.Refusal;

/** Whether anything may be written now, whatever the desk would say. */
@FunctionalInterface
public interface Gate {
  /** Always. */
  Gate OPEN = Optional::empty;

  /** Why not; empty when it may. */
  Optional<Refusal> closed();
}
