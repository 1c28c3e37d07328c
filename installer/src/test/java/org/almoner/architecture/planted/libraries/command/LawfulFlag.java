package org.almoner.architecture.planted.libraries.command;

public final class LawfulFlag {
  Object library = picocli.CommandLine.class;
}
