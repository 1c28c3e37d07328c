package org.almoner.architecture.planted.cycles.egg;

public final class Egg {
  Object from = org.almoner.architecture.planted.cycles.hen.Hen.class;
}
