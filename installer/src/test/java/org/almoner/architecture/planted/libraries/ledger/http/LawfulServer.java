package org.almoner.architecture.planted.libraries.ledger.http;

public final class LawfulServer {
  Object library = org.glassfish.grizzly.http.server.HttpServer.class;
}
