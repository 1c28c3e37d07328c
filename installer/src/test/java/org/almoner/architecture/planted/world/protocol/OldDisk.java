package org.almoner.architecture.planted.world.protocol;

public final class OldDisk {
  Object world = java.io.FileInputStream.class;
}
