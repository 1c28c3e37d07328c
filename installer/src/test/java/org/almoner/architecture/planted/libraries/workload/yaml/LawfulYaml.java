package org.almoner.architecture.planted.libraries.workload.yaml;

public final class LawfulYaml {
  Object library = org.yaml.snakeyaml.Yaml.class;
}
