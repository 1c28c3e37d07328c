package org.almoner.workload.spec;

import java.util.Map;

/** What a field could say, for the sentence about one that is missing. */
final class Example {
  private static final Map<String, String> BY_PATH =
      Map.ofEntries(
          Map.entry("apiVersion", "almoner/v1"),
          Map.entry("name", "mersenne-exponents"),
          Map.entry("purpose", "\"what the volunteers' computers find out\""),
          Map.entry("release", "{name, version, license, source, runtime, module, args}"),
          Map.entry("release.name", "mersenne"),
          Map.entry("release.version", "1.0.0"),
          Map.entry("release.license", "MIT"),
          Map.entry("release.source", "{repository, commit}"),
          Map.entry("release.source.repository", "https://example.org/project"),
          Map.entry("release.source.commit", "what `git rev-parse HEAD` prints"),
          Map.entry("release.runtime", "wasm"),
          Map.entry("release.module", "program.wasm"),
          Map.entry("release.files", "{linux-x86_64: [build/program]}"),
          Map.entry("release.build.commands", "[./build.sh]"),
          Map.entry("release.build.result", "program.wasm"),
          Map.entry("units", "{range: {from: 1, to: 1000, step: 10}}"),
          Map.entry("units.range.from", "1"),
          Map.entry("units.range.to", "1000"),
          Map.entry("units.range.step", "10"),
          Map.entry("needs", "{memory: 64MiB, disk: 10MiB, atMost: 10m}"),
          Map.entry("needs.memory", "64MiB"),
          Map.entry("needs.disk", "10MiB"),
          Map.entry("needs.atMost", "10m"),
          Map.entry("accept", "{agree: 2}"),
          Map.entry("accept.agree", "2"),
          Map.entry("outputs", "[result.txt]"),
          Map.entry("compare", "{result.csv: {as: csv}}"));

  private Example() {}

  /** "name: mersenne-exponents", or what else to do. */
  static String of(String path) {
    String name = path.substring(path.lastIndexOf('.') + 1);
    return BY_PATH.containsKey(path)
        ? name + ": " + BY_PATH.getOrDefault(path, "")
        : "a value, or leave the name out";
  }
}
