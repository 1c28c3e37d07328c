package org.almoner.architecture.planted.prints.agent;

public final class Shouts {
  void shout() {
    System.out.println();
  }
}
