package org.almoner.architecture.planted.libraries.coordinator.dispatch;

public final class Store {
  Object library = org.apache.ignite.Ignite.class;
}
