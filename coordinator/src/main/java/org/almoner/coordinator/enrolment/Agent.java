package org.almoner.coordinator.enrolment;

import org.almoner.coordinator.opening.KeyId;
import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.Row;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.coordinator.validation.TrackRecord;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.enrolment.Enrolment;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.identity.PublicKey;

/** One enrolled agent, as the coordinator knows it. Changed on the writer's thread alone. */
public final class Agent implements Row {
  /** Stands for "no page yet". */
  public static final long NO_PAGE = Long.MAX_VALUE;

  /** Most contradictory reports kept of one agent. */
  public static final int EVIDENCE_MAX = 16;

  /** Beginning of the keys of all agents' rows. */
  public static final String FAMILY = "agent/";

  /** Rows before version 4 named no opening keys: they are of stores that sealed nothing. */
  private static final int OLDEST_VERSION = 4;

  /** Rows of version 4 hold no track record and no account of the machine's time. */
  private static final int VERSION = 5;

  private final AgentId id;
  private final PublicKey key;
  private int cores;
  private long memoryBytes;
  private boolean suspended;
  private boolean revoked;
  private boolean dismissed;
  private int evidence;
  private long lastPage = NO_PAGE;
  private long distrustedBefore;
  private Place enrolled = Place.NONE;
  private Place linked = Place.NONE;
  private Chain chain = new Chain();
  private final Claims claims;
  private Starting starting = Starting.NEW;
  private TrackRecord record = new TrackRecord();
  private MachineTime machineTime = MachineTime.NEW;

  /**
   * A new agent.
   *
   * @param opening key under which what opens its records is sealed
   */
  Agent(AgentId id, PublicKey key, KeyId opening) {
    this(id, key, new Claims(opening));
  }

  private Agent(AgentId id, PublicKey key, Claims claims) {
    this.id = id;
    this.key = key;
    this.claims = claims;
  }

  /** Reads a row. */
  public static Agent parse(AgentId id, Bytes row) throws DamagedRow {
    RowReader in = new RowReader(key(id), row, OLDEST_VERSION, VERSION);
    Bytes octets = in.fixed(PublicKey.SIZE);
    PublicKey key;
    try {
      key = PublicKey.of(octets.toArray());
    } catch (IllegalArgumentException e) {
      throw in.fault("holds " + e.getMessage());
    }
    Agent agent = new Agent(id, key, Claims.read(in));
    agent.cores = in.count(Enrolment.CORES_MAX);
    agent.memoryBytes = in.number();
    agent.suspended = in.bool();
    agent.dismissed = in.bool();
    agent.evidence = in.count(EVIDENCE_MAX);
    agent.lastPage = in.number();
    agent.enrolled = Place.read(in);
    agent.linked = Place.read(in);
    agent.chain = Chain.read(in);
    agent.starting = Starting.read(in);
    agent.distrustedBefore = in.number();
    agent.revoked = in.bool();
    if (in.version() > OLDEST_VERSION) {
      agent.record = TrackRecord.read(in);
      agent.machineTime = MachineTime.read(in);
    }
    in.end();
    return agent;
  }

  /** Key of that agent's row. */
  public static String key(AgentId id) {
    return FAMILY + id.toHex();
  }

  /** SHA-256 of its key. */
  public AgentId id() {
    return id;
  }

  /** The key it signs with. */
  public PublicKey publicKey() {
    return key;
  }

  /** Logical processors of its machine. */
  public int cores() {
    return cores;
  }

  /** Physical memory of its machine. */
  public long memoryBytes() {
    return memoryBytes;
  }

  /** Whether its key was seen signing two histories. */
  public boolean suspended() {
    return suspended;
  }

  /** Whether the operator took its key out of use. */
  public boolean revoked() {
    return revoked;
  }

  /** Whether its donor was erased while it worked for that donor: its key is taken no more. */
  public boolean dismissed() {
    return dismissed;
  }

  /** Whether anything is taken from its key. */
  public boolean isBelieved() {
    return !suspended && !revoked && !dismissed;
  }

  /** Takes its key no more. */
  void dismiss() {
    dismissed = true;
  }

  /** Its reports in order. */
  public Chain chain() {
    return chain;
  }

  /** Whose lines its lines are. */
  public Claims claims() {
    return claims;
  }

  /** How it did in starter units. */
  public Starting starting() {
    return starting;
  }

  /** A line of a starter unit was logged and judged. */
  public void answeredStarter(Outcome outcome, long nowMs) {
    starting = starting.after(outcome, nowMs);
  }

  /** How often others agreed with it. */
  public TrackRecord record() {
    return record;
  }

  /** What its processors can have given, and what its lines took. */
  public MachineTime machineTime() {
    return machineTime;
  }

  /** Lines of it were logged. */
  public void took(MachineTime after) {
    machineTime = after;
  }

  /** Where its newest enrolment was logged. */
  public Place enrolled() {
    return enrolled;
  }

  /** Where its newest link was logged. */
  public Place linked() {
    return linked;
  }

  /** Journal page of its newest report, {@link #NO_PAGE} before the first. */
  public long lastPage() {
    return lastPage;
  }

  /** Who it counts as among donors now: its donor, or itself. */
  public Holder holder() {
    return claims.current().map(Holder::of).orElseGet(() -> Holder.of(id));
  }

  /** Who it counts as for its line at {@code leaf}, as far as is known now. */
  public Holder holderAt(long leaf) {
    return claims.at(leaf).map(Holder::of).orElseGet(() -> Holder.of(id));
  }

  /** Whether its line at {@code leaf} was logged before another line of it was outvoted. */
  public boolean distrustedAt(long leaf) {
    return leaf < distrustedBefore;
  }

  /** One of its answers was outvoted: what it logged before {@code leaf} is not believed. */
  void distrust(long leaf) {
    distrustedBefore = Math.max(distrustedBefore, leaf);
    record.outvoted();
  }

  void revoke() {
    revoked = true;
  }

  void enrol(Enrolment enrolment, Place place, long nowMs) {
    machineTime = machineTime.changed(cores, enrolment.cores(), nowMs);
    cores = enrolment.cores();
    memoryBytes = enrolment.memoryBytes();
    enrolled = place;
  }

  void link(DonorId donor, Place place, KeyId sealing) {
    claims.link(place.leaf(), donor, sealing);
    linked = place;
  }

  void unlink(Place place, KeyId next) {
    claims.unlink(place.leaf(), next);
    linked = place;
  }

  /** A report of it was logged, with its opening on {@code page}. */
  public void reported(long page) {
    lastPage = page;
  }

  /** Stops believing its key. */
  public void suspend() {
    suspended = true;
  }

  /** Counts a piece of evidence; false when enough were kept. */
  public boolean countEvidence() {
    if (evidence == EVIDENCE_MAX) {
      return false;
    }
    evidence++;
    return true;
  }

  @Override
  public String key() {
    return key(id);
  }

  @Override
  public Bytes image() {
    RowWriter out = new RowWriter(VERSION).fixed(Bytes.of(key.toArray()));
    claims.write(out);
    out.number(cores).number(memoryBytes).bool(suspended).bool(dismissed);
    out.number(evidence).number(lastPage);
    enrolled.write(out);
    linked.write(out);
    chain.write(out);
    starting.write(out);
    out.number(distrustedBefore).bool(revoked);
    record.write(out);
    machineTime.write(out);
    return out.finish();
  }
}
