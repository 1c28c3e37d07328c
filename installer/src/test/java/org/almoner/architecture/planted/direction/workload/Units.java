package org.almoner.architecture.planted.direction.workload;

public final class Units {
  Object beside = org.almoner.architecture.planted.direction.ledger.Log.class;
}
