package org.almoner.architecture.planted.libraries.ledger.append;

public final class Appender {
  Object library = ch.qos.logback.classic.Logger.class;
}
