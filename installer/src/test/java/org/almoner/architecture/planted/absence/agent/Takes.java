package org.almoner.architecture.planted.absence.agent;

import java.util.Optional;

final class Takes {
  void take(Optional<String> maybe) {}
}
