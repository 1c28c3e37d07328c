package org.almoner.architecture.planted.libraries.agent.run.process;

public final class Engine {
  Object library = run.endive.runtime.Instance.class;
}
