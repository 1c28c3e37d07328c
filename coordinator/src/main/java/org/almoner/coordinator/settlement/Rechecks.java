package org.almoner.coordinator.settlement;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.almoner.coordinator.batch.Batch;
import org.almoner.coordinator.batch.Batches;
import org.almoner.coordinator.dispatch.Dispatch;
import org.almoner.coordinator.dispatch.Replica;
import org.almoner.coordinator.dispatch.UnitReader;
import org.almoner.coordinator.enrolment.Agent;
import org.almoner.coordinator.enrolment.Agents;
import org.almoner.coordinator.journal.JournalRecord;
import org.almoner.coordinator.journal.Page;
import org.almoner.coordinator.opening.KeyId;
import org.almoner.coordinator.row.Row;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowStore;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.coordinator.writer.Group;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.lease.LeaseId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has others run every unit that an agent was believed in alone, once it was caught: settled or
 * not, each is asked about by itself, so that what was right stays.
 *
 * <p>Walks the agent's reports from the newest back: each names the page of the one before. A walk
 * ends at the agent's first report or behind the first line that was believed alone, and nowhere
 * else: where it cannot go on, the next settlement tries again. Reading is done on any thread by
 * {@link #gather}, deciding on the writer's.
 */
public final class Rechecks {
  /** Pages read for one step, so that other requests are not kept waiting. */
  static final int PAGES_MAX = 16;

  private static final Logger LOG = LoggerFactory.getLogger(Rechecks.class);

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
      keep(group, new Place(agent.id(), NEWEST, agent.record().firstAlone()));
    }
  }

  private void keep(Group group, Place place) {
    if (place.over()) {
      places.remove(place.agent());
    } else {
      places.put(place.agent(), place);
    }
    group.touch(place);
  }

  /** Whether there is nothing to do. */
  public synchronized boolean isEmpty() {
    return places.isEmpty();
  }

  /**
   * Finds where each walk goes on, on the writer's thread: which report is an agent's newest is
   * known there before its row is. To be awaited before anything is gathered.
   *
   * @return whose reports are to be walked through
   */
  public synchronized List<AgentId> start(Group group, Agents agents) throws IOException {
    for (Place place : List.copyOf(places.values())) {
      if (place.page() == NEWEST) {
        long newest = agents.enrolled(group, place.agent()).lastPage();
        keep(group, new Place(place.agent(), newest, place.firstAlone()));
      }
    }
    return List.copyOf(places.keySet());
  }

  /** Lines to ask about, to be given to {@link #apply} on the writer's thread. */
  public static final class Work {
    private final Optional<Place> from;
    private final long nextPage;
    private final List<LeaseId> leases;
    private final boolean goesOn;

    private Work(Optional<Place> from, long nextPage, List<LeaseId> leases, boolean goesOn) {
      this.from = from;
      this.nextPage = nextPage;
      this.leases = List.copyOf(leases);
      this.goesOn = goesOn;
    }

    /** Whether there is more to gather of the agent at this settlement. */
    public boolean goesOn() {
      return goesOn;
    }
  }

  private synchronized Optional<Place> place(AgentId agent) {
    return Optional.ofNullable(places.get(agent)).filter(place -> place.page() != NEWEST);
  }

  /**
   * Reads the agent's next pages, from any thread.
   *
   * @throws IOException when the very next page, or what it is about, cannot be read; the walk
   *     stays where it is
   */
  public Work gather(AgentId agent) throws IOException {
    Optional<Place> from = place(agent);
    List<LeaseId> alone = new ArrayList<>();
    if (from.isEmpty()) {
      return new Work(from, Agent.NO_PAGE, alone, false);
    }
    UnitReader units = new UnitReader(store);
    Set<KeyId> keys = keys(agent);
    long at = from.get().page();
    for (int pages = 0; pages < PAGES_MAX && at != Agent.NO_PAGE; pages++) {
      OptionalLong before;
      try {
        before = previous(units, at, keys, alone);
      } catch (IOException | UncheckedIOException e) {
        if (pages == 0) {
          throw e;
        }
        return new Work(from, at, alone, true); // What was read so far is asked about first.
      }
      if (before.isEmpty()) {
        LOG.atWarn()
            .addKeyValue("agent", agent)
            .addKeyValue("page", at)
            .log(
                "a page does not show all of a caught computer's reports; the next settlement looks"
                    + " again");
        return new Work(from, at, alone, false);
      }
      boolean older =
          before.getAsLong() != Agent.NO_PAGE
              && before.getAsLong() + Page.ENTRIES_MAX < from.get().firstAlone();
      at = older ? Agent.NO_PAGE : before.getAsLong();
    }
    return new Work(from, at, alone, at != Agent.NO_PAGE);
  }

  /**
   * The page of the agent's report before those of this one; empty when the rows do not show all of
   * this one, as while a group is being written.
   *
   * @param keys under which the agent's records are sealed
   * @param alone the agent's lines that were believed alone are added to it
   */
  private OptionalLong previous(UnitReader units, long at, Set<KeyId> keys, List<LeaseId> alone)
      throws IOException {
    Optional<Bytes> row = store.get(Page.key(at));
    if (row.isEmpty()) {
      return OptionalLong.empty();
    }
    OptionalLong before = OptionalLong.empty();
    for (JournalRecord record : Page.parse(at, row.get()).records()) {
      if (record.kind() != Kind.USAGE || !keys.contains(record.sealed().key())) {
        continue;
      }
      if (record.previousPage() != at) {
        before = OptionalLong.of(record.previousPage());
      }
      for (LeaseId lease : record.leases()) {
        if (batches.isArchived(lease.batch())) {
          continue; // Nothing of it can change any more.
        }
        Optional<Replica> replica = replica(units, lease);
        if (replica.isEmpty()) {
          return OptionalLong.empty();
        }
        if (replica.get().outcome() == Outcome.ACCEPTED_ALONE) {
          alone.add(lease);
        }
      }
    }
    return before;
  }

  private Set<KeyId> keys(AgentId agent) throws IOException {
    Optional<Bytes> row = store.get(Agent.key(agent));
    return row.isEmpty() ? Set.of() : Agent.parse(agent, row.get()).claims().keys();
  }

  private Optional<Replica> replica(UnitReader units, LeaseId lease) throws IOException {
    Optional<Batch> batch = batches.find(lease.batch());
    return batch.isEmpty()
        ? Optional.empty()
        : units.find(batch.get(), lease.unit()).flatMap(unit -> unit.replica(lease.replica()));
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
    keep(group, new Place(from.agent(), work.nextPage, from.firstAlone()));
  }
}
