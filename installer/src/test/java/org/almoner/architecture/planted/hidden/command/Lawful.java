package org.almoner.architecture.planted.hidden.command;

public final class Lawful {
  Object now = java.time.Instant.now();
}
