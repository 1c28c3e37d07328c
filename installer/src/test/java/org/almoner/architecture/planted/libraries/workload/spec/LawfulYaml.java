package org.almoner.architecture.planted.libraries.workload.spec;

public final class LawfulYaml {
  Object library = org.yaml.snakeyaml.Yaml.class;
}
