package org.almoner.architecture.planted.libraries.coordinator.intake;

public final class Server {
  Object library = org.glassfish.grizzly.http.server.HttpServer.class;
}
