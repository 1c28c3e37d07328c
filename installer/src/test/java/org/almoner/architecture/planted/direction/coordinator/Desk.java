package org.almoner.architecture.planted.direction.coordinator;

public final class Desk {
  Object above = org.almoner.architecture.planted.direction.command.Verb.class;
}
