package org.almoner.architecture.planted.absence.agent;

import java.util.Optional;

final class Made {
  Made(Optional<String> maybe) {}
}
