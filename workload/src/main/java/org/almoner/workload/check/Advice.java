package org.almoner.workload.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.lease.BlobRef;
import org.almoner.workload.batch.BatchPlan;
import org.almoner.workload.batch.BatchUnits;
import org.almoner.workload.batch.TableUnits;
import org.almoner.workload.spec.Fault;
import org.almoner.workload.spec.Toolchain;
import org.almoner.workload.spec.UnitSource;
import org.almoner.workload.spec.Workload;
import org.almoner.workload.spec.WorkloadFile;
import org.almoner.workload.wasm.Stepping;

/** What is allowed and yet probably not meant. */
final class Advice {
  /** A shorter unit spends more on its way than on the work. */
  private static final long WALL_MS_MIN = 60_000;

  /** A longer unit is often not finished before its computer is wanted by its owner. */
  private static final long WALL_MS_MAX = WorkloadCheck.UNIT_ADVISED.toMillis();

  private final WorkloadFile file;
  private final Workload workload;
  private final BatchUnits units;
  private final Stepping stepping;
  private final List<Fault> advice = new ArrayList<>();

  private Advice(WorkloadFile file, BatchUnits units, Stepping stepping) {
    this.stepping = stepping;
    this.file = file;
    this.workload = file.workload();
    this.units = units;
  }

  /**
   * @param stepping of its module
   */
  static List<Fault> on(WorkloadFile file, BatchUnits units, Stepping stepping) {
    Advice advice = new Advice(file, units, stepping);
    advice.onToolchain();
    advice.onCommit();
    advice.onArguments();
    advice.onTime();
    advice.onFiles();
    return advice.advice;
  }

  private void onToolchain() {
    if (!workload.release().build().isStated()) {
      say(
          "release",
          workload.release().toolchain().equals(Toolchain.UNSTATED)
              ? "no toolchain is named: nobody can build the module again and compare"
              : "no build is named: 'almoner release rebuild' cannot build the module again and"
                  + " compare");
    }
  }

  private void onCommit() {
    if (workload.release().source().commit().matches("0+")) {
      say(
          "release.source.commit",
          "no commit is only zeros: write what `git rev-parse HEAD` prints");
    }
  }

  private void onArguments() {
    if (units.count() > 1) {
      BatchPlan plan = BatchPlan.of(units, workload.release().args());
      if (plan.unit(0).args().equals(plan.unit(1).args())) {
        say(
            "release",
            "no argument names " + offered() + ": every unit is given the same arguments");
      }
    }
  }

  private String offered() {
    if (units instanceof TableUnits table) {
      return "{" + table.columns().get(0) + "}";
    }
    return workload.units() instanceof UnitSource.Numbers ? "{first}" : "{file}";
  }

  private void onTime() {
    if (workload.needs().wallMs() < WALL_MS_MIN) {
      say("needs.atMost", "units of under a minute spend more on their way than on the work");
    }
    if (workload.needs().wallMs() > WALL_MS_MAX && !stepping.isPutAside()) {
      say(
          "needs.atMost",
          "a unit may run longer than "
              + WorkloadCheck.UNIT_ADVISED.toMinutes()
              + " minutes: whatever a computer has not finished when it goes away is done again from"
              + " the start, since the module cannot be put aside ("
              + stepping.reason()
              + "); export step(), or make more and smaller units");
    }
  }

  private void onFiles() {
    Map<Hash, String> seen = new HashMap<>();
    List<BlobRef> files =
        units instanceof BatchUnits.Files many ? many.files() : List.<BlobRef>of();
    for (BlobRef blob : files) {
      String twin = seen.putIfAbsent(blob.digest(), blob.name());
      if (twin != null) {
        say("units.files", blob.name() + " and " + twin + " are the same: their units will be too");
        return;
      }
    }
  }

  private void say(String path, String sentence) {
    advice.add(file.fault(path, sentence));
  }
}
