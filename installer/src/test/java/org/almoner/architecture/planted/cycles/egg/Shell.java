package org.almoner.architecture.planted.cycles.egg;

public final class Shell {
  Object of = Egg.class;
}
