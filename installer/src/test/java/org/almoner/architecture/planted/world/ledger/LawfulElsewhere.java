package org.almoner.architecture.planted.world.ledger;

public final class LawfulElsewhere {
  Object world = java.nio.file.Files.class;
}
