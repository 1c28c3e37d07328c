package org.almoner.architecture.planted.direction.agent;

public final class Agent {
  Object other = org.almoner.architecture.planted.direction.coordinator.Desk.class;
}
