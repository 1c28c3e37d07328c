package org.almoner.architecture.planted.libraries.agent.lease;

public final class Yaml {
  Object library = org.yaml.snakeyaml.Yaml.class;
}
