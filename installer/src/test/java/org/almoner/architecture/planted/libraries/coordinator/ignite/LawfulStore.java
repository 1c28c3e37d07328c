package org.almoner.architecture.planted.libraries.coordinator.ignite;

public final class LawfulStore {
  Object library = org.apache.ignite.Ignite.class;
}
