package org.almoner.architecture.planted.libraries.ledger.read;

public final class Route {
  Object library = jakarta.ws.rs.Path.class;
}
