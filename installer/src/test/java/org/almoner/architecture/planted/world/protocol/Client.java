package org.almoner.architecture.planted.world.protocol;

public final class Client {
  Object world = java.net.http.HttpClient.class;
}
