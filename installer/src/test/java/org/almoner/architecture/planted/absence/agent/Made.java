package org.almoner.architecture.planted.absence.agent;

import java.util.Optional;

public final class Made {
  public Made(Optional<String> maybe) {}
}
