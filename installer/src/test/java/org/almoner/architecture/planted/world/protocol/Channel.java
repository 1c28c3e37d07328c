package org.almoner.architecture.planted.world.protocol;

public final class Channel {
  Object world = java.nio.channels.FileChannel.class;
}
