package org.almoner.architecture.planted.direction.protocol;

public final class Wire {
  Object above = org.almoner.architecture.planted.direction.workload.Units.class;
}
