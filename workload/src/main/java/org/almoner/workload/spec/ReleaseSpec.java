package org.almoner.workload.spec;

import java.util.List;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.lease.Lease;
import org.almoner.protocol.lease.Program;
import org.almoner.protocol.release.Build;
import org.almoner.protocol.release.Release;

/**
 * The software of a workload as its owner's file names it, before anyone looked at the files.
 *
 * @param name its name
 * @param version its version
 * @param licence its licence, OSI-approved
 * @param source where it was built from
 * @param toolchain what built the module, in one line
 * @param program what is run
 * @param args arguments after the program's name, at most 64
 * @param build how the module is built again; {@link Build#UNSTATED} when the file does not say
 */
public record ReleaseSpec(
    Name name,
    Version version,
    Licence licence,
    Source source,
    Toolchain toolchain,
    ProgramSpec program,
    List<String> args,
    Build build) {
  /**
   * @throws IllegalArgumentException when there are too many arguments
   */
  public ReleaseSpec {
    args = List.copyOf(args);
    if (args.size() > Lease.ARGS_MAX) {
      throw new IllegalArgumentException(
          args.size() + " arguments; at most " + Lease.ARGS_MAX + ": use an input file");
    }
  }

  /**
   * The release once the program's octets are known; its owner signs this.
   *
   * @param found the program's files, digested
   * @param needs the most that a batch may allot to a unit
   */
  public Release with(Program found, Allotment needs) {
    return new Release(
        name.text(),
        version.text(),
        licence.expression(),
        source.repository().toString(),
        source.commit(),
        toolchain.text(),
        found,
        args,
        build,
        needs);
  }
}
