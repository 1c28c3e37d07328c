package org.almoner.architecture.planted.hidden.agent;

public final class LawfulMain {
  Object now = java.time.Instant.now();

  static final class Inside {
    Object now = java.time.Instant.now();
  }
}
