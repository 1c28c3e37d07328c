package org.almoner.architecture.planted.world.protocol;

public final class Lawful {
  Object world = java.net.URI.class;
}
