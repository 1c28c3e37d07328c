package org.almoner.architecture.planted.libraries.agent.run;

public final class Native {
  Object library = com.sun.jna.Pointer.class;
}
