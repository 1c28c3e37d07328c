package org.almoner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.almoner.coordinator.desk.UnitView;
import org.almoner.coordinator.journal.Page;
import org.almoner.coordinator.memory.MemoryLog;
import org.almoner.coordinator.memory.MemoryRegister;
import org.almoner.coordinator.memory.MemoryRows;
import org.almoner.coordinator.row.RowStore;
import org.almoner.ledger.check.LogCheck;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.entry.Settlement;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.Lease;
import org.almoner.protocol.usage.UsageLine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A settlement comes to its end, and loses nothing, whatever can be read while it runs. */
class RecheckTests {
  private static final int MANY = 10_000;

  /** Most lines that one job of a settlement decides on. */
  private static final int JOB_LINES_MAX = 4_096;

  private final Rows rows = new Rows();
  private final Bench bench = new Bench();
  private StubAgent first;
  private StubAgent second;
  private StubAgent third;
  private BatchId batch;

  /** Rows some of which a reader does not see yet, or cannot read. */
  private static final class Rows implements RowStore {
    private final RowStore whole = new MemoryRows();
    private volatile Predicate<String> unseen = key -> false;
    private volatile Predicate<String> unreadable = key -> false;

    void clear() {
      unseen = key -> false;
      unreadable = key -> false;
    }

    @Override
    public void putAll(SortedMap<String, Bytes> rows) throws IOException {
      whole.putAll(rows);
    }

    @Override
    public Optional<Bytes> get(String key) throws IOException {
      if (unreadable.test(key)) {
        throw new IOException("row " + key + " cannot be read");
      }
      return unseen.test(key) ? Optional.empty() : whole.get(key);
    }

    @Override
    public void scan(String prefix, BiConsumer<String, Bytes> each) throws IOException {
      whole.scan(prefix, each);
    }
  }

  @BeforeEach
  void open() {
    bench.stores = new Stores(rows, new MemoryLog(), new MemoryRegister());
    bench.open().approveOwner();
    first = bench.agent(11);
    second = bench.agent(12);
    third = bench.agent(13);
    batch = bench.submit(MANY);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private void nextDay() {
    bench.clock.pass(Duration.ofDays(1));
    bench.desk().settle().join();
  }

  private void work(StubAgent agent, int want, boolean lies) {
    int done = 0;
    while (done < want) {
      StubAgent.Granted granted = agent.lease(bench.desk(), Math.min(10, want - done));
      bench.clock.pass(Duration.ofSeconds(1));
      List<UsageLine> lines = new ArrayList<>();
      List<String> contents = new ArrayList<>();
      for (Lease lease : granted.grant().leases()) {
        String content = lies ? "a lie" : StubAgent.answer(lease);
        contents.add(content);
        lines.add(agent.line(granted, lease, content, content.length() * 1_000L, 0));
      }
      agent.send(bench.desk(), agent.report(lines, contents));
      done += lines.size();
    }
  }

  private List<String> pages() throws IOException {
    List<String> pages = new ArrayList<>();
    rows.scan("page/", (key, row) -> pages.add(key));
    return pages;
  }

  /**
   * The first computer is right in 70 units, most of them alone, and caught days later.
   *
   * @return pages of its reports, which are settled
   */
  private List<String> catchTheFirst() throws IOException {
    bench.desk().settle().join();
    work(first, 20, false);
    work(second, 10, false); // Their own records let them contradict the first.
    work(third, 10, false);
    nextDay();
    work(first, 50, false);
    work(second, 4, false);
    List<String> reports = pages();
    nextDay();
    nextDay();
    work(first, 60, true);
    work(second, 40, false);
    work(third, 40, false);
    assertThat(walks()).isEqualTo(1);
    return reports;
  }

  private int walks() throws IOException {
    List<String> found = new ArrayList<>();
    rows.scan("recheck/", (key, row) -> found.add(key));
    return found.size();
  }

  /** Of the first 70 units, those for which the first computer is believed alone still. */
  private long alone() {
    work(second, 90, false);
    work(third, 90, false);
    return bench.desk().units(batch, 0, 70, EnumSet.allOf(UnitView.State.class)).units().stream()
        .filter(unit -> unit.attempts().size() == 1)
        .count();
  }

  @Test
  void aReportThatCannotBeReadKeepsNothingFromBeingSettled() throws Exception {
    List<String> reports = catchTheFirst();
    rows.unreadable = reports::contains;
    int size = bench.entries().size();
    nextDay();
    nextDay();
    assertThat(bench.entries().subList(size, bench.entries().size()))
        .extracting(Entry::kind)
        .contains(Kind.SETTLEMENT, Kind.CHECK_SECRET);
    assertThat(walks()).as("the walk keeps its place").isEqualTo(1);
    rows.clear();
    nextDay();
    assertThat(walks()).isZero();
    assertThat(alone()).isZero();
    assertThat(LogCheck.run(bench.stores.log(), bench.checkpoint())).isEmpty();
  }

  @Test
  void aWalkThatDoesNotSeeAllRowsIsNotAtItsEnd() throws Exception {
    catchTheFirst();
    rows.unseen =
        key ->
            (key.startsWith("open/") || key.startsWith("unit/"))
                && Thread.currentThread().getName().equals("almoner-answers");
    nextDay();
    assertThat(walks()).isEqualTo(1);
    rows.clear();
    nextDay();
    assertThat(walks()).isZero();
    assertThat(alone()).isZero();
  }

  @Test
  void whatIsDecidedLateIsSettledInManySmallJobs() throws Exception {
    int units = JOB_LINES_MAX + 400;
    BatchId large = bench.submit(units);
    bench.desk().cancel(batch).join();
    send(first, units);
    bench.clock.pass(Duration.ofDays(2));
    bench.desk().settle().join();
    send(second, units);
    assertThat(bench.desk().batch(large).orElseThrow().accepted()).isEqualTo(units);
    bench.desk().settle().join();
    List<Entry> entries = bench.entries();
    int all = 0;
    for (String key : pages()) {
      long from = Long.parseLong(key.substring("page/".length()), 16);
      Page page = Page.parse(from, rows.get(key).orElseThrow());
      int said = 0;
      for (Entry entry : entries.subList((int) from, (int) page.end())) {
        said += entry.kind() == Kind.SETTLEMENT ? said(entry) : 0;
      }
      assertThat(said).isLessThanOrEqualTo(JOB_LINES_MAX);
      all += said;
    }
    assertThat(all).as("the lines of the first computer").isEqualTo(units);
    assertThat(LogCheck.run(bench.stores.log(), bench.checkpoint())).isEmpty();
  }

  /** Asks again when there is nothing: a look through those that wait goes some way only. */
  private void send(StubAgent agent, int units) {
    for (int done = 0; done < units; ) {
      Optional<StubAgent.Granted> granted =
          bench
              .desk()
              .lease(agent.request(Math.min(64, units - done)))
              .join()
              .match(g -> Optional.of(StubAgent.Granted.of(g.grant())), none -> Optional.empty());
      bench.clock.pass(Duration.ofSeconds(1));
      if (granted.isPresent()) {
        agent.send(bench.desk(), agent.honest(granted.get()));
        done += granted.get().grant().leases().size();
      }
    }
  }

  private static int said(Entry entry) throws Exception {
    return (int) Settlement.parse(entry).outcomes().stream().filter(o -> o != Outcome.NONE).count();
  }
}
