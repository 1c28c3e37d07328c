package org.almoner.coordinator.settlement;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.almoner.coordinator.batch.Batch;
import org.almoner.coordinator.batch.Batches;
import org.almoner.coordinator.dispatch.Dispatch;
import org.almoner.coordinator.dispatch.Replica;
import org.almoner.coordinator.dispatch.UnitReader;
import org.almoner.coordinator.enrolment.Agent;
import org.almoner.coordinator.journal.JournalRecord;
import org.almoner.coordinator.journal.Page;
import org.almoner.coordinator.row.Row;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowStore;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.coordinator.writer.Group;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.lease.LeaseId;

/**
 * Has others run every unit that an agent was believed in alone, once it was caught: settled or
 * not, each is asked about by itself, so that what was right stays.
 *
 * <p>Walks the agent's reports from the newest back. Reading is done on any thread by {@link
 * #gather}, deciding on the writer's.
 */
public final class Rechecks {
  /** Pages read for one step, so that other requests are not kept waiting. */
  static final int PAGES_MAX = 64;

  private static final String FAMILY = "recheck/";
  private static final int VERSION = 1;

  private final RowStore store;
  private final Batches batches;
  private final Map<AgentId, Place> places = new LinkedHashMap<>();

  private Rechecks(RowStore store, Batches batches) {
    this.store = store;
    this.batches = batches;
  }

  /** Stands for the page of the agent's newest report, whichever that is when it is read. */
  private static final long NEWEST = Long.MAX_VALUE - 1;

  /**
   * How far the walk through an agent's reports has come.
   *
   * @param page the next to read, or {@link #NEWEST}
   * @param firstAlone no line before it was believed alone
   */
  private record Place(AgentId agent, long page, long firstAlone) implements Row {
    boolean over() {
      return page == Agent.NO_PAGE;
    }

    @Override
    public String key() {
      return FAMILY + agent.toHex();
    }

    @Override
    public Bytes image() {
      return over() ? REMOVED : new RowWriter(VERSION).number(page).number(firstAlone).finish();
    }
  }

  /** Goes on where the walks stood. */
  public static Rechecks load(RowStore store, Batches batches) throws IOException {
    Rechecks read = new Rechecks(store, batches);
    NavigableMap<String, Bytes> rows = new TreeMap<>();
    store.scan(FAMILY, rows::put);
    for (Map.Entry<String, Bytes> row : rows.entrySet()) {
      AgentId agent = AgentId.parseHex(row.getKey().substring(FAMILY.length()));
      RowReader in = new RowReader(row.getKey(), row.getValue(), VERSION);
      read.places.put(agent, new Place(agent, in.number(), in.number()));
      in.end();
    }
    return read;
  }

  /** Begins with an agent that was just caught, on the writer's thread. */
  synchronized void begin(Group group, Agent agent) {
    if (agent.record().firstAlone() < group.nextLeaf()) {
      Place place = new Place(agent.id(), NEWEST, agent.record().firstAlone());
      places.put(agent.id(), place);
      group.touch(place);
    }
  }

  /** Whether there is nothing to do. */
  public synchronized boolean isEmpty() {
    return places.isEmpty();
  }

  /** Lines to ask about, to be given to {@link #apply} on the writer's thread. */
  public static final class Work {
    private final Optional<Place> from;
    private final long nextPage;
    private final List<LeaseId> leases;

    private Work(Optional<Place> from, long nextPage, List<LeaseId> leases) {
      this.from = from;
      this.nextPage = nextPage;
      this.leases = List.copyOf(leases);
    }

    /** Whether nothing is left to ask about. */
    public boolean last() {
      return from.isEmpty();
    }
  }

  private synchronized Optional<Place> next() {
    return places.values().stream().findFirst();
  }

  /** Reads the next pages of one agent, from any thread. */
  public Work gather() throws IOException {
    Optional<Place> from = next();
    if (from.isEmpty()) {
      return new Work(from, 0, List.of());
    }
    AgentId agent = from.get().agent();
    List<LeaseId> alone = new ArrayList<>();
    UnitReader units = new UnitReader(store);
    long at = from.get().page() == NEWEST ? newest(agent) : from.get().page();
    for (int pages = 0; pages < PAGES_MAX && at != Agent.NO_PAGE; pages++) {
      Optional<Bytes> row = store.get(Page.key(at));
      long before = Agent.NO_PAGE;
      if (row.isPresent()) {
        for (JournalRecord record : Page.parse(at, row.get()).records()) {
          if (isOf(units, record, agent, alone)) {
            before = record.previousPage() == at ? before : record.previousPage();
          }
        }
      }
      boolean older =
          before != Agent.NO_PAGE && before + Page.ENTRIES_MAX < from.get().firstAlone();
      at = older ? Agent.NO_PAGE : before;
    }
    return new Work(from, at, alone);
  }

  private long newest(AgentId agent) throws IOException {
    Optional<Bytes> row = store.get(Agent.key(agent));
    return row.isEmpty() ? Agent.NO_PAGE : Agent.parse(agent, row.get()).lastPage();
  }

  /** Whether the report is of that agent; its lines that were believed alone are added. */
  private boolean isOf(UnitReader units, JournalRecord record, AgentId agent, List<LeaseId> alone)
      throws IOException {
    boolean own = false;
    for (LeaseId lease : record.leases()) {
      Optional<Batch> batch = batches.find(lease.batch());
      if (batch.isEmpty()) {
        continue;
      }
      Optional<Replica> replica =
          units
              .find(batch.get(), lease.unit())
              .flatMap(unit -> unit.replica(lease.replica()))
              .filter(r -> r.agent().equals(agent));
      own |= replica.isPresent();
      if (replica.filter(r -> r.outcome() == Outcome.ACCEPTED_ALONE).isPresent()
          && !batches.isArchived(lease.batch())) {
        alone.add(lease);
      }
    }
    return own;
  }

  /** Asks about what was gathered; on the writer's thread. */
  public synchronized void apply(Group group, Dispatch dispatch, Work work) throws IOException {
    if (work.from.isEmpty() || !work.from.get().equals(places.get(work.from.get().agent()))) {
      return; // It was caught again meanwhile, and the walk begins anew.
    }
    for (LeaseId lease : work.leases) {
      var unused = dispatch.question(group, lease);
    }
    Place from = work.from.get();
    Place to = new Place(from.agent(), work.nextPage, from.firstAlone());
    if (to.over()) {
      places.remove(from.agent());
    } else {
      places.put(from.agent(), to);
    }
    group.touch(to);
  }
}
