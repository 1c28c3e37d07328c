package org.almoner.architecture.planted.absence.agent;

import java.util.Optional;

public final class Lawful {
  private Optional<String> kept = Optional.empty();

  public Optional<String> give() {
    Runnable later = () -> keep(kept);
    later.run();
    return kept;
  }

  void keep(Optional<String> maybe) {
    kept = maybe;
  }

  record Kept(Optional<String> maybe) {}
}
