package org.almoner.workload.spec;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.almoner.protocol.lease.Allotment;
import org.almoner.workload.batch.BatchPlan;
import org.almoner.workload.batch.BatchSpec;
import org.almoner.workload.batch.Checks;
import org.almoner.workload.compare.Comparison;
import org.almoner.workload.yaml.Spelling;

/**
 * What an owner's workload file says.
 *
 * @param name shown in lists
 * @param purpose shown to volunteers
 * @param release the software
 * @param inputs files every unit finds under /in: the name there, and the file it is taken from,
 *     relative to the workload file; at most 64
 * @param units how the work is cut
 * @param needs what a unit may use
 * @param agree how many volunteers must return the same output, 2 to 7
 * @param deadline when the results are wanted
 * @param outputs files each unit must leave under /out, 1 to 64
 * @param compare when two results are the same
 * @param checks whether a result may be taken from one computer alone
 */
public record Workload(
    Name name,
    Purpose purpose,
    ReleaseSpec release,
    SortedMap<FilePath, FilePath> inputs,
    UnitSource units,
    Allotment needs,
    int agree,
    Deadline deadline,
    List<FilePath> outputs,
    Comparison compare,
    Checks checks) {
  /** Most processors of a native unit: more are in few computers. */
  public static final int NATIVE_CORES_MAX = 32;

  /**
   * @throws IllegalArgumentException in a sentence, naming the field that is wrong
   */
  public Workload {
    inputs = Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
    outputs = List.copyOf(outputs);
    requireInputs(inputs);
    requireCores(needs.cores(), release.program() instanceof ProgramSpec.Programs);
    requireAgree(agree);
    requireOutputs(outputs);
    compare.requireOutputs(outputs.stream().map(FilePath::text).toList());
    units.example().ifPresent(example -> BatchPlan.of(example, release.args()));
  }

  static void requireInputs(SortedMap<FilePath, FilePath> inputs) {
    if (inputs.size() > BatchSpec.INPUTS_MAX) {
      throw new IllegalArgumentException(
          inputs.size()
              + " inputs; at most "
              + BatchSpec.INPUTS_MAX
              + ": pack them into fewer files");
    }
    requireDistinct(inputs.keySet());
  }

  static int requireCores(long cores, boolean isNative) {
    if (isNative && (cores < 1 || cores > NATIVE_CORES_MAX)) {
      throw new IllegalArgumentException(
          cores + " cores cannot be given: a native unit runs on 1 to " + NATIVE_CORES_MAX);
    }
    if (!isNative && cores != 1) {
      throw new IllegalArgumentException(
          cores + " cores cannot be given: a Wasm unit runs on 1; make more units instead");
    }
    return (int) cores;
  }

  static int requireAgree(long agree) {
    if (agree < BatchSpec.AGREE_MIN || agree > BatchSpec.AGREE_MAX) {
      throw new IllegalArgumentException(
          "agree is "
              + agree
              + "; choose "
              + BatchSpec.AGREE_MIN
              + " to "
              + BatchSpec.AGREE_MAX
              + " volunteers whose results must be the same");
    }
    return (int) agree;
  }

  static List<FilePath> requireOutputs(List<FilePath> outputs) {
    if (outputs.isEmpty() || outputs.size() > BatchSpec.OUTPUTS_MAX) {
      throw new IllegalArgumentException(
          outputs.size()
              + " outputs; name 1 to "
              + BatchSpec.OUTPUTS_MAX
              + " files that a unit leaves in /out");
    }
    requireDistinct(outputs);
    return outputs;
  }

  /** No two the same, and none a folder of another. */
  static void requireDistinct(Iterable<FilePath> paths) {
    TreeMap<String, FilePath> seen = new TreeMap<>();
    for (FilePath path : paths) {
      if (seen.put(path.text() + "/", path) != null) {
        throw new IllegalArgumentException(Spelling.quoted(path.text()) + " stands here twice");
      }
    }
    String before = "\0";
    for (String path : seen.keySet()) {
      if (path.startsWith(before)) {
        throw new IllegalArgumentException(
            Spelling.quoted(before.substring(0, before.length() - 1))
                + " cannot be a file and a folder");
      }
      before = path;
    }
  }
}
