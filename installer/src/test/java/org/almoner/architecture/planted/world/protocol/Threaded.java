package org.almoner.architecture.planted.world.protocol;

public final class Threaded {
  Object world = java.lang.Thread.class;
}
