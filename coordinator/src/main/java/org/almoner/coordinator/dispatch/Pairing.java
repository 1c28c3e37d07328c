package org.almoner.coordinator.dispatch;

import java.util.List;
import java.util.Optional;
import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.protocol.lease.Engine;
import org.almoner.protocol.lease.LeaseRequest;
import org.almoner.protocol.lease.Program;

/**
 * Which engine a replica runs on.
 *
 * <p>Two engines that run one Wasm module and agree say more than one engine twice. So the first
 * units of a batch, and some of the later ones, are run on both: a computer that has both is asked
 * to take the one that no other replica of the unit has, when the others have the one it would take
 * by itself.
 */
final class Pairing {
  /** Units of a new batch whose replicas run on different engines where that can be. */
  static final long YOUNG_UNITS = 100;

  /** Of later units every so many is run on both. */
  static final long OLD_ONE_IN = 16;

  private Pairing() {}

  /** Whether whoever asks has what runs the program. */
  static boolean canRun(Program program, LeaseRequest request) {
    if (program instanceof Program.Native programs) {
      return request.engines().contains(Engine.NATIVE)
          && request.platforms().stream().anyMatch(platform -> programs.on(platform).isPresent());
    }
    return request.engines().isEmpty()
        || request.engines().contains(Engine.PORTABLE)
        || request.engines().contains(Engine.FAST);
  }

  /**
   * The engine a new replica of {@code unit} is expected to run on.
   *
   * @param wished whether the computer must be asked, since by itself it would take another one
   */
  record Plan(Engine engine, boolean wished) {
    private static final int WISHED = 0x10;

    static Plan read(RowReader in) throws DamagedRow {
      int digit = in.octet();
      List<Engine> engine = EngineField.of(in, digit & ~WISHED);
      if (engine.isEmpty()) {
        throw in.fault("plans a lease for no engine");
      }
      return new Plan(engine.get(0), (digit & WISHED) != 0);
    }

    void write(RowWriter out) {
      out.octet(EngineField.digit(List.of(engine)) | (wished ? WISHED : 0));
    }

    /** As the lease says it. */
    List<Engine> wish() {
      return wished ? List.of(engine) : List.of();
    }
  }

  /** The plan for the replica that whoever asks gets. */
  static Plan of(Program program, LeaseRequest request, Unit unit) {
    if (program instanceof Program.Native) {
      return new Plan(Engine.NATIVE, false);
    }
    List<Engine> has = request.engines();
    Engine own = has.contains(Engine.FAST) ? Engine.FAST : Engine.PORTABLE;
    boolean both = has.contains(Engine.FAST) && has.contains(Engine.PORTABLE);
    return both
            && isPaired(unit.index())
            && isTaken(unit, Engine.FAST)
            && !isTaken(unit, Engine.PORTABLE)
        ? new Plan(Engine.PORTABLE, true)
        : new Plan(own, false);
  }

  private static boolean isPaired(long unit) {
    return unit < YOUNG_UNITS || unit % OLD_ONE_IN == 0;
  }

  private static boolean isTaken(Unit unit, Engine engine) {
    return unit.replicas().stream()
        .filter(replica -> replica.state() != Replica.State.EXPIRED)
        .map(Replica::engine)
        .flatMap(Optional::stream)
        .anyMatch(engine::equals);
  }
}
