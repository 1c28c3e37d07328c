package org.almoner.architecture.planted.libraries.coordinator.operate;

public final class Flag {
  Object library = picocli.CommandLine.class;
}
