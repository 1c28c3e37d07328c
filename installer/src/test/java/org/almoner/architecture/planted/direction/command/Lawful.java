package org.almoner.architecture.planted.direction.command;

public final class Lawful {
  Object part = org.almoner.architecture.planted.direction.tax.Receipt.class;
}
