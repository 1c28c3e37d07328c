package org.almoner.workload.spec;

import java.util.Map;
import org.almoner.workload.yaml.YamlNode.Position;
import org.almoner.workload.yaml.YamlText;

/** A workload file that was read without a fault, and where in it each field stands. */
public final class WorkloadFile {
  /** Longest file, in octets. */
  public static final int BYTES_MAX = YamlText.FILE_BYTES_MAX;

  private final Workload workload;
  private final Map<String, Position> positions;

  WorkloadFile(Workload workload, Map<String, Position> positions) {
    this.workload = workload;
    this.positions = Map.copyOf(positions);
  }

  /**
   * Reads the file's octets.
   *
   * @throws Faults with every fault there is, each with its line and column
   */
  public static WorkloadFile parse(byte[] octets) throws Faults {
    return parse(octets, NamedFiles.NOT_LOOKED_AT);
  }

  /**
   * Reads the file's octets and looks for the files that it names.
   *
   * @throws Faults with every fault there is, each with its line and column
   */
  public static WorkloadFile parse(byte[] octets, NamedFiles files) throws Faults {
    return WorkloadReader.read(octets, files);
  }

  /** What the file says. */
  public Workload workload() {
    return workload;
  }

  /**
   * A fault found later, at the place of the field it is about.
   *
   * @param path such as {@code release.module}; a field that does not stand in the file is reported
   *     at its start
   */
  public Fault fault(String path, String sentence) {
    Position at = positions.getOrDefault(path, Position.START);
    return new Fault(at.line(), at.column(), path, sentence);
  }
}
