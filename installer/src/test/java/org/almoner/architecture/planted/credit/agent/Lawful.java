package org.almoner.architecture.planted.credit.agent;

public final class Lawful {
  static final class Accredited {}

  static final class Checkpoint {}
}
