package org.almoner.agent.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.result.BundlePath;

/**
 * One unit to run here.
 *
 * @param module the module as its owner published it; the caller has checked its digest
 * @param args the guest's arguments, without the program's own name
 * @param inputs files the guest finds below {@code /in}, by name; the caller has checked their
 *     digests
 * @param allotment what the unit may take
 * @param directory an existing empty directory for this run alone; the caller removes it when the
 *     output is fetched
 */
public record Task(
    Path module,
    List<String> args,
    Map<BundlePath, Path> inputs,
    Allotment allotment,
    Path directory) {
  public Task {
    args = List.copyOf(args);
    inputs = Map.copyOf(inputs);
    if (args.stream().anyMatch(arg -> arg.indexOf('\0') >= 0)) {
      throw new IllegalArgumentException("an argument of a unit holds no NUL");
    }
  }
}
