package org.almoner.architecture.planted.prints.agent;

public final class Complains {
  void complain() {
    System.err.println();
  }
}
