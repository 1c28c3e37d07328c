package org.almoner.coordinator.settlement;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.almoner.coordinator.desk.LineDesk;
import org.almoner.coordinator.desk.ObjectionView;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.coordinator.row.RowStore;
import org.almoner.coordinator.writer.Group;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.DonorId;

/**
 * What donors object to: a line with an objection is not settled before the operator has ruled.
 * Changed on the writer's thread, read from any.
 */
public final class Objections {
  private final NavigableMap<Long, Objection> all = new ConcurrentSkipListMap<>();

  private Objections() {}

  /** Reads those whose line is not settled. */
  public static Objections load(RowStore store) throws IOException {
    Objections read = new Objections();
    NavigableMap<String, Bytes> rows = new TreeMap<>();
    store.scan(Objection.FAMILY, rows::put);
    for (Map.Entry<String, Bytes> row : rows.entrySet()) {
      Objection objection = Objection.parse(row.getKey(), row.getValue());
      read.all.put(objection.leaf(), objection);
    }
    return read;
  }

  /** All, in order of their lines. */
  List<Objection> list() {
    return List.copyOf(all.values());
  }

  Optional<Objection> of(long leaf) {
    return Optional.ofNullable(all.get(leaf));
  }

  /** Keeps an objection to a line that is not settled. */
  void add(Group group, Objection objection) throws IOException {
    long leaf = objection.leaf();
    if (all.containsKey(leaf)) {
      throw new Refusal(
          409,
          "objected-before",
          "Objected before",
          "there is an objection to line " + leaf + " already; the operator rules on it");
    }
    Outcome settled =
        SettledLeaves.find(group, leaf).map(row -> row.outcome(leaf)).orElse(Outcome.NONE);
    if (settled != Outcome.NONE) {
      throw new Refusal(
          409,
          "line-settled",
          "Line settled",
          "line "
              + leaf
              + " is settled: what it was settled as stays, but for a void line that counted"
              + " before, which the operator may reinstate");
    }
    long open =
        all.values().stream()
            .filter(other -> other.donor().equals(objection.donor()))
            .filter(other -> other.state() == ObjectionView.State.OPEN)
            .count();
    if (open >= LineDesk.OPEN_MAX) {
      throw new Refusal(
          429,
          "objections-open",
          "Objections open",
          open + " of your objections wait for a ruling, the most possible");
    }
    all.put(leaf, objection);
    group.touch(objection);
  }

  /** The operator rules. */
  Objection rule(Group group, long leaf, boolean upheld) {
    Objection objection = all.get(leaf);
    if (objection == null) {
      throw new Refusal(
          404, "not-found", "No objection", "nobody objects to line " + leaf + " at present");
    }
    if (objection.state() != ObjectionView.State.OPEN) {
      throw new Refusal(
          409,
          "ruled-before",
          "Ruled before",
          "the objection to line " + leaf + " was " + objection.state().word() + " before");
    }
    Objection ruled = objection.ruled(upheld);
    all.put(leaf, ruled);
    group.touch(ruled);
    return ruled;
  }

  /**
   * Dismisses all that the donor, who is erased, has open.
   *
   * @return those that were dismissed
   */
  List<Objection> dismissAll(Group group, DonorId donor) {
    return list().stream()
        .filter(each -> each.donor().equals(donor))
        .filter(each -> each.state() == ObjectionView.State.OPEN)
        .map(each -> rule(group, each.leaf(), false))
        .toList();
  }

  /**
   * What a line is settled as, given what it would be without an objection: nothing while one is
   * open.
   */
  Outcome outcome(long leaf, Outcome believed) {
    Objection objection = all.get(leaf);
    if (objection == null) {
      return believed;
    }
    return switch (objection.state()) {
      case OPEN -> Outcome.NONE;
      case DISMISSED -> believed;
      case UPHELD ->
          believed == Outcome.NONE || believed.counts() ? believed : Outcome.ACCEPTED_RULED;
    };
  }

  /** The line at {@code leaf} is settled. */
  void settled(Group group, long leaf) {
    Objection objection = all.remove(leaf);
    if (objection != null) {
      group.touch(objection.settled());
    }
  }
}
