package org.almoner.workload.spec;

import java.util.List;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.lease.BlobRef;
import org.almoner.protocol.lease.Lease;
import org.almoner.protocol.lease.Program;
import org.almoner.protocol.release.Build;
import org.almoner.protocol.release.Release;
import org.almoner.workload.yaml.Spelling;

/**
 * The software of a workload as its owner's file names it, before anyone looked at the module.
 *
 * @param name its name
 * @param version its version
 * @param licence its licence, OSI-approved
 * @param source where it was built from
 * @param toolchain what built the module, in one line
 * @param module the Wasm module, relative to the workload file
 * @param args arguments after the program's name, at most 64
 * @param build how the module is built again; {@link Build#UNSTATED} when the file does not say
 */
public record ReleaseSpec(
    Name name,
    Version version,
    Licence licence,
    Source source,
    Toolchain toolchain,
    FilePath module,
    List<String> args,
    Build build) {
  /** The one runtime offered. */
  public static final String RUNTIME = Program.Wasm.RUNTIME;

  /**
   * @throws IllegalArgumentException when there are too many arguments or the module is no .wasm
   */
  public ReleaseSpec {
    args = List.copyOf(args);
    requireModule(module);
    if (args.size() > Lease.ARGS_MAX) {
      throw new IllegalArgumentException(
          args.size() + " arguments; at most " + Lease.ARGS_MAX + ": use an input file");
    }
  }

  /**
   * The release once the module's octets are known; its owner signs this.
   *
   * @param octets the module under its file name
   * @param needs the most that a batch may allot to a unit
   */
  public Release with(BlobRef octets, Allotment needs) {
    return new Release(
        name.text(),
        version.text(),
        licence.expression(),
        source.repository().toString(),
        source.commit(),
        toolchain.text(),
        new Program.Wasm(octets, List.of()),
        args,
        build,
        needs);
  }

  static FilePath requireModule(FilePath module) {
    if (!module.fileName().endsWith(".wasm")) {
      throw new IllegalArgumentException(
          Spelling.quoted(module.text())
              + " does not end in .wasm: name the compiled WebAssembly module");
    }
    return module;
  }
}
