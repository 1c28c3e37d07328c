package org.almoner.architecture.planted.cycles.hen;

public final class Hen {
  Object from = org.almoner.architecture.planted.cycles.egg.Egg.class;
}
