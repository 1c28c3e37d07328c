package org.almoner.coordinator.settlement;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.almoner.coordinator.batch.Batch;
import org.almoner.coordinator.batch.Batches;
import org.almoner.coordinator.dispatch.Dispatch;
import org.almoner.coordinator.dispatch.Outcomes;
import org.almoner.coordinator.dispatch.Replica;
import org.almoner.coordinator.dispatch.Unit;
import org.almoner.coordinator.dispatch.UnitReader;
import org.almoner.coordinator.enrolment.Agents;
import org.almoner.coordinator.journal.Journal;
import org.almoner.coordinator.journal.JournalRecord;
import org.almoner.coordinator.journal.Page;
import org.almoner.coordinator.row.Row;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowStore;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.coordinator.statistics.Statistics;
import org.almoner.coordinator.validation.Rule;
import org.almoner.coordinator.writer.Group;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.entry.Settlement;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.lease.LeaseId;

/**
 * Walks the journal behind the end of maturity, page by page, and logs what became of the lines.
 *
 * <p>A line that is undecided when the walk passes it is settled by itself as soon as it is
 * decided. Reading is done on any thread by {@link #gather}, deciding on the writer's.
 */
public final class Settler implements Outcomes {
  /** Leaves after which a slice ends, so that other requests are not kept waiting. */
  static final int SLICE_LEAVES = 4_096;

  /** Leaves between two overdue lines that one settlement still spans. */
  private static final int SPAN_LEAVES = 256;

  private static final Set<Outcome> OUTVOTED =
      EnumSet.of(Outcome.OUTPUT_DISAGREED, Outcome.COUNT_DISAGREED);

  /** What makes a settled line void: others came to something else. */
  private static final Set<Outcome> DISPROVED =
      EnumSet.of(Outcome.OUTPUT_DISAGREED, Outcome.COUNT_DISAGREED, Outcome.FAILED);

  private static final String KEY = "meta/settled";
  private static final int VERSION = 1;

  private final RowStore store;
  private final Journal journal;
  private final Batches batches;
  private final Agents agents;
  private final Belief belief;
  private final long maturityMs;
  private final Corrections corrections;
  private final Rechecks rechecks;
  private final Objections objections;
  private final Statistics statistics;
  private final NavigableMap<Long, Overdue> overdue = new TreeMap<>();

  private volatile long passed;

  private Settler(
      RowStore store,
      Journal journal,
      Batches batches,
      Agents agents,
      Corrections corrections,
      Rechecks rechecks,
      Objections objections,
      Statistics statistics,
      long maturityMs,
      Set<Rule> rules) {
    this.store = store;
    this.journal = journal;
    this.batches = batches;
    this.agents = agents;
    this.corrections = corrections;
    this.rechecks = rechecks;
    this.objections = objections;
    this.statistics = statistics;
    this.belief = new Belief(agents, rules);
    this.maturityMs = maturityMs;
  }

  /** Goes on where the walk stood. */
  public static Settler load(
      RowStore store,
      Journal journal,
      Batches batches,
      Agents agents,
      Corrections corrections,
      Rechecks rechecks,
      Objections objections,
      Statistics statistics,
      long maturityMs,
      Set<Rule> rules)
      throws IOException {
    Settler settler =
        new Settler(
            store,
            journal,
            batches,
            agents,
            corrections,
            rechecks,
            objections,
            statistics,
            maturityMs,
            rules);
    Optional<Bytes> row = store.get(KEY);
    if (row.isPresent()) {
      RowReader in = new RowReader(KEY, row.get(), VERSION);
      settler.passed = in.number();
      in.end();
    }
    NavigableMap<String, Bytes> rows = new TreeMap<>();
    store.scan(Overdue.FAMILY, rows::put);
    for (Map.Entry<String, Bytes> each : rows.entrySet()) {
      Overdue line = Overdue.parse(each.getKey(), each.getValue());
      settler.overdue.put(line.leaf(), line);
    }
    return settler;
  }

  @Override
  public void decided(Group group, LeaseId lease, Replica replica) throws IOException {
    // A failure claims nothing that counts, and slow computers report some. An exit code of 0 is a
    // claim even without all files: an auditor, who sees no files, must come to the same.
    boolean claimed = replica.answer().filter(answer -> answer.exit() == 0).isPresent();
    boolean outvoted = claimed && OUTVOTED.contains(replica.outcome());
    long leaf = replica.leaf();
    if (outvoted) {
      agents.distrust(group, replica.agent());
      rechecks.begin(group, agents.enrolled(group, replica.agent()));
    } else if (replica.outcome() == Outcome.ACCEPTED_ALONE) {
      agents.alone(group, replica.agent(), leaf);
    } else if (replica.outcome().counts()) {
      Hash release = batches.find(lease.batch()).orElseThrow().spec().release();
      agents.agreed(group, replica.agent(), release, leaf);
    }
    if (leaf >= passed) {
      return;
    }
    Outcome logged =
        SettledLeaves.find(group, leaf).map(row -> row.outcome(leaf)).orElse(Outcome.NONE);
    if (logged == Outcome.NONE) {
      Overdue line = new Overdue(leaf, replica.outcome(), List.of(lease));
      overdue.put(leaf, line);
      group.touch(line);
    } else if (logged.counts() && DISPROVED.contains(replica.outcome())) {
      corrections.add(group, Correction.ofVoid(leaf, Corrections.DISPROVED));
    }
  }

  /**
   * Reads the next matured pages, from any thread.
   *
   * @param revisions of {@link Dispatch#revisions}, before
   */
  public Work gather(long nowMs, long revisions) throws IOException {
    long from = passed;
    long to = from;
    List<Slice.Line> lines = new ArrayList<>();
    UnitReader units = new UnitReader(store);
    while (to - from < SLICE_LEAVES) {
      Optional<Bytes> row = store.get(Page.key(to));
      if (row.isEmpty()) {
        break;
      }
      Page page = Page.parse(to, row.get());
      if (page.receivedMs() + maturityMs > nowMs || page.end() == to) {
        break; // One without entries is overwritten by the next.
      }
      for (JournalRecord record : page.records()) {
        addLines(units, record, lines);
      }
      to = page.end();
    }
    return new Work(new Slice(from, to, lines), revisions);
  }

  /** Something to settle, to be given to {@link #settle} on the writer's thread. */
  public static final class Work {
    private final Slice slice;
    private final long revisions;

    private Work(Slice slice, long revisions) {
      this.slice = slice;
      this.revisions = revisions;
    }

    /** Whether no page was left to pass. */
    private boolean last() {
      return slice.from() == slice.to();
    }
  }

  private void addLines(UnitReader units, JournalRecord record, List<Slice.Line> lines)
      throws IOException {
    for (int part = 0; part < record.leases().size(); part++) {
      LeaseId lease = record.leases().get(part);
      Optional<Batch> batch = batches.find(lease.batch());
      if (batch.isPresent()) {
        Optional<Unit> unit = units.find(batch.get(), lease.unit());
        lines.add(Slice.Line.of(record.leaf() + part, lease, batch.get(), unit));
      }
    }
  }

  /** Whether there is more to settle after {@code work} was; on the writer's thread. */
  public boolean goesOn(Work work) {
    return !work.last() || !overdue.isEmpty();
  }

  /**
   * Logs what is decided of it, after what is overdue, a slice at most of that; returns the number
   * of lines settled.
   */
  public int settle(Group group, Dispatch dispatch, Work work) throws IOException {
    int settled = settleOverdue(group, dispatch);
    Slice slice = work.slice;
    if (!overdue.isEmpty() || slice.from() != passed || slice.from() == slice.to()) {
      return settled;
    }
    boolean revised = dispatch.revisions() != work.revisions;
    NavigableMap<Long, Outcome> decided = new TreeMap<>();
    for (Slice.Line line : slice.lines()) {
      boolean doubtful = revised && line.outcome() == Outcome.ACCEPTED_ALONE;
      boolean known = line.outcome() != Outcome.NONE && !doubtful;
      Outcome outcome =
          outcome(group, dispatch, known ? line : now(group, dispatch, line.leaf(), line.lease()));
      if (outcome != Outcome.NONE) {
        decided.put(line.leaf(), outcome);
      }
    }
    log(group, decided, SLICE_LEAVES);
    passed = slice.to();
    group.touch(mark(passed));
    return settled + decided.size();
  }

  private Outcome outcome(Group group, Dispatch dispatch, Slice.Line line) throws IOException {
    Outcome outcome = objections.outcome(line.leaf(), belief.of(group, dispatch, line));
    if (outcome.counts()) {
      count(group, line, outcome);
    }
    return outcome;
  }

  /** A line that counts stands in its project's statistics, when it has a donor. */
  private void count(Group group, Slice.Line line, Outcome outcome) throws IOException {
    for (AgentId agent : line.by()) {
      agents
          .enrolled(group, agent)
          .claims()
          .at(line.leaf())
          .ifPresent(donor -> statistics.add(group, line.project(), donor, outcome, line.cpuMs()));
    }
  }

  /** Dismisses all open objections of a donor who is erased: nobody is left to be told. */
  public void dismissObjections(Group group, Dispatch dispatch, DonorId donor) throws IOException {
    for (Objection dismissed : objections.dismissAll(group, donor)) {
      release(group, dispatch, dismissed.leaf(), dismissed.lease());
    }
  }

  /** The operator has ruled on an objection to the line, which is settled next. */
  void release(Group group, Dispatch dispatch, long leaf, LeaseId lease) throws IOException {
    Optional<Replica> replica = dispatch.replica(group, lease);
    if (leaf < passed && replica.filter(r -> r.outcome() != Outcome.NONE).isPresent()) {
      Overdue line = new Overdue(leaf, replica.get().outcome(), List.of(lease));
      overdue.put(leaf, line);
      group.touch(line);
    }
  }

  /** The line as its unit stands in this group. */
  private Slice.Line now(Group group, Dispatch dispatch, long leaf, LeaseId lease)
      throws IOException {
    Batch batch = batches.find(lease.batch()).orElseThrow();
    return Slice.Line.of(leaf, lease, batch, dispatch.unit(group, lease));
  }

  private int settleOverdue(Group group, Dispatch dispatch) throws IOException {
    NavigableMap<Long, Outcome> outcomes = new TreeMap<>();
    for (Overdue due : overdue.values().stream().limit(SLICE_LEAVES).toList()) {
      overdue.remove(due.leaf());
      group.touch(due.settled()); // First: what is decided of it below waits again.
      Outcome outcome = due.outcome();
      for (LeaseId lease : due.leases()) {
        outcome = outcome(group, dispatch, now(group, dispatch, due.leaf(), lease));
      }
      if (outcome != Outcome.NONE) {
        outcomes.put(due.leaf(), outcome);
      }
    }
    log(group, outcomes, SPAN_LEAVES);
    return outcomes.size();
  }

  /**
   * Logs outcomes in as few entries as leave no more than {@code spanMax} leaves unsaid in a row.
   */
  private void log(Group group, NavigableMap<Long, Outcome> outcomes, int spanMax)
      throws IOException {
    SettledLeaves.keep(group, outcomes);
    outcomes.keySet().forEach(leaf -> objections.settled(group, leaf));
    List<Outcome> run = new ArrayList<>();
    long first = 0;
    for (Map.Entry<Long, Outcome> line : outcomes.entrySet()) {
      long gap = line.getKey() - first - run.size();
      if (!run.isEmpty() && (gap > spanMax || run.size() + gap >= Settlement.LEAVES_MAX)) {
        journal.log(group, new Settlement(first, run).entry());
        run.clear();
      }
      if (run.isEmpty()) {
        first = line.getKey();
        gap = 0;
      }
      for (long i = 0; i < gap; i++) {
        run.add(Outcome.NONE);
      }
      run.add(line.getValue());
    }
    if (!run.isEmpty()) {
      journal.log(group, new Settlement(first, run).entry());
    }
  }

  private static Row mark(long passed) {
    return new Row() {
      @Override
      public String key() {
        return KEY;
      }

      @Override
      public Bytes image() {
        return new RowWriter(VERSION).number(passed).finish();
      }
    };
  }
}
