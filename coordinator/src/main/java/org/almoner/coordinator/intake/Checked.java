package org.almoner.coordinator.intake;

import java.util.Set;
import org.almoner.coordinator.batch.Batch;
import org.almoner.coordinator.validation.Answer;
import org.almoner.coordinator.validation.Compared;
import org.almoner.protocol.usage.UsageLine;
import org.almoner.workload.compare.ComparedOutput;
import org.almoner.workload.compare.Comparison;
import org.almoner.workload.compare.Numbers;

/**
 * A line whose output was looked into.
 *
 * @param numbers those of its output that need only be close to other replicas'
 */
record Checked(Answer answer, Numbers numbers) {
  /** A line whose output is compared octet by octet. */
  static Checked exactly(UsageLine line, Batch batch, Set<String> names) {
    boolean complete = names.containsAll(batch.spec().outputs());
    Answer answer = new Answer(line.output(), line.count(), line.exit(), complete);
    return new Checked(
        isCounted(batch) ? answer : answer.comparedBy(Compared.canonically(line.output(), false)),
        Numbers.NONE);
  }

  /** A line whose output is compared as its batch says; what cannot be is no result. */
  static Checked of(UsageLine line, Batch batch, Set<String> names, ComparedOutput found) {
    boolean complete = names.containsAll(batch.spec().outputs()) && found.fault().isEmpty();
    boolean counted = isCounted(batch) && batch.spec().compare().counted();
    Compared compared =
        batch.spec().compare().isTolerant()
            ? Compared.within(found.digest(), counted, line.lease().replica(), 0)
            : Compared.canonically(found.digest(), counted);
    return new Checked(
        new Answer(line.output(), line.count(), line.exit(), complete, compared), found.numbers());
  }

  /** A line of a batch that is unknown; it is refused by its lease. */
  static Checked ofNoBatch(UsageLine line) {
    return new Checked(new Answer(line.output(), line.count(), line.exit(), false), Numbers.NONE);
  }

  /** Whether the outputs of such lines are compared in another way than octet by octet. */
  static boolean isCompared(UsageLine line, Batch batch) {
    return line.exit() == 0 && !batch.spec().compare().equals(Comparison.EXACT);
  }

  private static boolean isCounted(Batch batch) {
    return batch.release().program().isCounted();
  }
}
