package org.almoner.command.bench.wasm;

import java.nio.file.Path;
import java.util.List;

/**
 * What is measured.
 *
 * @param only names of the programs; all when empty
 * @param runs measured runs of each program on each engine
 * @param isShort whether programs run for one to two seconds natively, instead of four times that
 * @param folder where programs are built and run; what is made there is left to the caller
 * @param path where programs are searched for, as the system writes it
 */
public record WasmSettings(List<String> only, int runs, boolean isShort, Path folder, String path) {
  /** Most runs. */
  public static final int RUNS_MAX = 100;

  /** Refuses what cannot be measured, naming the option. */
  public WasmSettings {
    only = List.copyOf(only);
    List<String> names = names();
    for (String name : only) {
      if (!names.contains(name)) {
        throw new IllegalArgumentException(
            "--only takes " + String.join(", ", names) + ", got " + name);
      }
    }
    if (runs < 1 || runs > RUNS_MAX) {
      throw new IllegalArgumentException("--runs takes 1 to " + RUNS_MAX + ", got " + runs);
    }
  }

  /** Names of all programs. */
  public static List<String> names() {
    return Subject.ALL.stream().map(Subject::name).toList();
  }

  List<Subject> subjects() {
    return Subject.ALL.stream()
        .filter(subject -> only.isEmpty() || only.contains(subject.name()))
        .toList();
  }
}
