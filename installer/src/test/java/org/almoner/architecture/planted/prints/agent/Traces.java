package org.almoner.architecture.planted.prints.agent;

public final class Traces {
  void trace(Exception e) {
    e.printStackTrace();
  }
}
