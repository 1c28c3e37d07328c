package org.almoner.architecture.planted.world.protocol;

public final class Net {
  Object world = java.net.Socket.class;
}
