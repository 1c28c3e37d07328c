package org.almoner.architecture.planted.absence.agent;

import java.util.Optional;

final class Lawful {
  private Optional<String> kept = Optional.empty();

  Optional<String> give() {
    Runnable later = () -> keep(kept);
    later.run();
    return kept;
  }

  private void keep(Optional<String> maybe) {
    kept = maybe;
  }
}
