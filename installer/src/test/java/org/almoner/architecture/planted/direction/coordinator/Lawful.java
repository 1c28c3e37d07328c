package org.almoner.architecture.planted.direction.coordinator;

public final class Lawful {
  Object below = org.almoner.architecture.planted.direction.ledger.Log.class;
}
