package org.almoner.architecture.planted.world.protocol;

public final class Disk {
  Object world = java.nio.file.Files.class;
}
