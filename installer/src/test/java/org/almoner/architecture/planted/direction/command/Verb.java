package org.almoner.architecture.planted.direction.command;

public final class Verb {
  Object whole = org.almoner.architecture.planted.direction.trials.World.class;
}
