package org.almoner.workload.spec;

import java.util.ArrayList;
import java.util.List;
import org.almoner.workload.yaml.Complaints;
import org.almoner.workload.yaml.YamlNode;

/** The faults found so far: reading goes on after each, so that all are told at once. */
final class FaultList implements Complaints {
  /** More than a person mends at one sitting; the rest is counted. */
  static final int FAULTS_MAX = 100;

  private final List<Fault> faults = new ArrayList<>();
  private int left;

  @Override
  public void add(YamlNode.Position at, String path, String sentence) {
    if (faults.size() < FAULTS_MAX) {
      faults.add(new Fault(at.line(), at.column(), path, sentence));
    } else {
      left++;
    }
  }

  int size() {
    return faults.size() + left;
  }

  void throwIfAny() throws Faults {
    if (faults.isEmpty()) {
      return;
    }
    if (left > 0) {
      faults.add(
          new Fault(
              1, 1, "", "there are " + size() + " faults; mend these " + FAULTS_MAX + " first"));
    }
    throw new Faults(faults);
  }
}
