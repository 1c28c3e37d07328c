package org.almoner.architecture.planted.direction.ledger;

public final class Log {
  Object beside = org.almoner.architecture.planted.direction.workload.Units.class;
}
