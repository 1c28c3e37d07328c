package org.almoner.architecture.planted.prints.agent;

public final class LawfulMain {
  void answer() {
    System.err.println();
  }
}
