package org.almoner.architecture.planted.world.protocol;

public final class Queued {
  Object world = java.util.concurrent.BlockingQueue.class;
}
