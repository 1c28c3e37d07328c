package org.almoner.workload.batch;

import java.util.List;
import java.util.Map;
import org.almoner.protocol.lease.BlobRef;
import org.almoner.protocol.lease.Lease;

/**
 * The units of a batch with the arguments of its release: any unit, made when it is asked for.
 *
 * <p>Holds as much memory for a billion units as for one.
 */
public final class BatchPlan {
  /** Most characters of all arguments of one unit together. */
  public static final int ARGS_CHARS_MAX = 4_000;

  private final BatchUnits units;
  private final List<Argument> args;

  private BatchPlan(BatchUnits units, List<Argument> args) {
    this.units = units;
    this.args = args;
  }

  /**
   * Joins units and argument templates.
   *
   * @throws IllegalArgumentException in one sentence, when an argument asks for a value these units
   *     do not have, or may grow too long
   */
  public static BatchPlan of(BatchUnits units, List<String> templates) {
    List<Argument> args = templates.stream().map(Argument::new).toList();
    Map<String, String> example = units.values(0);
    int all = 0;
    for (Argument arg : args) {
      int longest = arg.expand(example).length();
      for (String name : arg.names()) {
        longest += units.longest(name);
      }
      all += longest;
      if (longest > Lease.ARG_MAX || all > ARGS_CHARS_MAX) {
        throw new IllegalArgumentException(
            "arguments may grow beyond "
                + Lease.ARG_MAX
                + " characters each or "
                + ARGS_CHARS_MAX
                + " together; put long values into an input file");
      }
    }
    return new BatchPlan(units, args);
  }

  /** Number of units. */
  public long count() {
    return units.count();
  }

  /**
   * What unit {@code index} is given.
   *
   * @throws IndexOutOfBoundsException when there is no such unit
   */
  public Unit unit(long index) {
    Map<String, String> values = units.values(index);
    return new Unit(args.stream().map(arg -> arg.expand(values)).toList(), units.inputs(index));
  }

  /**
   * One unit.
   *
   * @param args the guest's arguments after its own name
   * @param inputs files of this unit alone, below {@code /in}
   */
  public record Unit(List<String> args, List<BlobRef> inputs) {
    /** Copies the lists. */
    public Unit {
      args = List.copyOf(args);
      inputs = List.copyOf(inputs);
    }
  }
}
