package org.almoner.architecture.planted.world.protocol;

public final class Source {
  Object world = java.time.InstantSource.class;
}
