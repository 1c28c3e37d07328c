package org.almoner.architecture.planted.prints.command;

public final class Lawful {
  void answer() {
    System.out.println();
  }
}
