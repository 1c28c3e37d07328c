package org.almoner.coordinator.intake;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.almoner.coordinator.batch.Batch;
import org.almoner.coordinator.dispatch.Replica;
import org.almoner.coordinator.dispatch.Unit;
import org.almoner.coordinator.journal.Journal;
import org.almoner.coordinator.validation.Answer;
import org.almoner.coordinator.validation.Compared;
import org.almoner.coordinator.writer.Group;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.result.BundleLimits;
import org.almoner.protocol.result.BundleReader;
import org.almoner.protocol.result.MalformedBundle;
import org.almoner.workload.compare.Comparison;
import org.almoner.workload.compare.Numbers;
import org.almoner.workload.compare.OutputComparer;

/**
 * Finds which earlier replicas of its unit a result is close to, once, when it is logged: from then
 * on that stands in its row. Used on the writer's thread.
 *
 * <p>Numbers that were read lately are kept; others are read again from the output's journal page.
 */
final class Closeness {
  /** Outputs of which the numbers are kept; each takes less than 1 MiB. */
  static final int KEPT_MAX = 64;

  private final Journal journal;
  private final Map<Name, Numbers> lately = new LinkedHashMap<>(16, 0.75f, true);

  private record Name(BatchId batch, Hash output) {}

  Closeness(Journal journal) {
    this.journal = journal;
  }

  /** The answer, knowing which of the unit's logged replicas it is close to. */
  Answer place(Group group, Batch batch, Unit unit, Checked line) throws IOException {
    Answer answer = line.answer();
    Compared compared = answer.compared();
    if (!compared.tolerant() || !answer.succeeded()) {
      return answer;
    }
    keep(new Name(batch.id(), answer.output()), line.numbers());
    int close = 0;
    for (Replica replica : unit.replicas()) {
      Optional<Answer> other = replica.answer().filter(Answer::succeeded);
      if (other.isPresent()) {
        Optional<Numbers> numbers = numbers(group, batch, replica, other.get().output());
        boolean agree = numbers.isPresent() && numbers.get().agreeWith(line.numbers());
        close |= agree ? 1 << replica.number() : 0;
      }
    }
    return answer.comparedBy(
        Compared.within(compared.digest(), compared.counted(), compared.replica(), close));
  }

  private Optional<Numbers> numbers(Group group, Batch batch, Replica replica, Hash output)
      throws IOException {
    Name name = new Name(batch.id(), output);
    Numbers known = lately.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Bytes> bundle =
        journal.find(group, replica.page()).flatMap(page -> page.output(output));
    if (bundle.isEmpty()) {
      return Optional.empty();
    }
    Numbers read = read(batch.spec().compare(), bundle.get());
    keep(name, read);
    return Optional.of(read);
  }

  private static Numbers read(Comparison comparison, Bytes bundle) throws IOException {
    OutputComparer comparer = new OutputComparer(comparison, bundle.size());
    try {
      BundleReader.read(
          new ByteArrayInputStream(bundle.toArray()),
          BundleLimits.ofOctets(bundle.size()),
          comparer);
    } catch (MalformedBundle e) {
      throw new IOException("a logged output is no bundle any more: " + e.getMessage(), e);
    }
    return comparer.finish().numbers();
  }

  private void keep(Name name, Numbers numbers) {
    lately.put(name, numbers);
    if (lately.size() > KEPT_MAX) {
      var eldest = lately.keySet().iterator();
      eldest.next();
      eldest.remove();
    }
  }
}
