package org.almoner.architecture.planted.names.agent;

public final class Lawful {
  static final class BookImpl {}

  static final class Defaulted {}

  static final class Baseline {}
}
