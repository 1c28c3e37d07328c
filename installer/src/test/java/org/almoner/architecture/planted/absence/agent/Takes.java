package org.almoner.architecture.planted.absence.agent;

import java.util.Optional;

public final class Takes {
  public void take(Optional<String> maybe) {}
}
