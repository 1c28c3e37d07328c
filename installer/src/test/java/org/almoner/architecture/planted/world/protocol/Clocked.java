package org.almoner.architecture.planted.world.protocol;

public final class Clocked {
  Object world = java.time.Clock.class;
}
