package org.almoner.coordinator.dispatch;

import java.util.Optional;
import org.almoner.coordinator.enrolment.Holder;
import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.coordinator.validation.Answer;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.lease.Engine;
import org.almoner.protocol.lease.LeaseId;
import org.jspecify.annotations.Nullable;

/** One replica of a unit: one lease, given to one agent once. */
public final class Replica {
  private final int number;
  private final AgentId agent;
  private final Holder holder;
  private final @Nullable OpenGrant grant;
  private final @Nullable Engine expected;
  private State state;
  private long leaf;
  private long page;
  private Took took = Took.NOTHING;
  private @Nullable Answer answer;
  private Outcome outcome = Outcome.NONE;

  /** What has become of the lease. */
  public enum State {
    /** The agent has it. */
    OUT,
    /** Its deadline passed; its result is still taken while the unit is open. */
    LATE,
    /** Its line is in the log, for ever. */
    LOGGED,
    /** Its result is not taken any more; its number is never used again. */
    EXPIRED
  }

  /** A lease going out. */
  Replica(int number, OpenGrant grant, Engine expected) {
    this.number = number;
    this.agent = grant.agent();
    this.holder = grant.holder();
    this.grant = grant;
    this.expected = expected;
    this.state = State.OUT;
  }

  private Replica(int number, AgentId agent, Holder holder, State state) {
    this.number = number;
    this.agent = agent;
    this.holder = holder;
    this.grant = null;
    this.expected = null;
    this.state = state;
  }

  /** 0 to {@link LeaseId#REPLICA_MAX}. */
  public int number() {
    return number;
  }

  /** Whose lease it is or was. */
  public AgentId agent() {
    return agent;
  }

  /** Who that agent counted as when the lease went out. */
  public Holder holder() {
    return holder;
  }

  /** What has become of it. */
  public State state() {
    return state;
  }

  /** Whether a line of it may still come. */
  boolean isPending() {
    return state == State.OUT || state == State.LATE;
  }

  /** The grant that allotted it, as long as a line of it may still come. */
  public Optional<OpenGrant> grant() {
    return isPending() ? Optional.ofNullable(grant) : Optional.empty();
  }

  /** Index of its line in the log. */
  public long leaf() {
    return leaf;
  }

  /** Journal page with the report it came in. */
  public long page() {
    return page;
  }

  /** What its line states that it took. */
  public Took took() {
    return took;
  }

  /** What it answered, once logged. */
  public Optional<Answer> answer() {
    return Optional.ofNullable(answer);
  }

  /** What became of its line; {@link Outcome#NONE} until it is decided. */
  public Outcome outcome() {
    return outcome;
  }

  /** What it ran on, as its line says; until there is one, what it is expected to run on. */
  Optional<Engine> engine() {
    if (state == State.LOGGED) {
      return took.engines().stream().findFirst();
    }
    return Optional.ofNullable(expected);
  }

  void log(Answer logged, long atLeaf, long onPage, Took lineTook) {
    answer = logged;
    leaf = atLeaf;
    page = onPage;
    took = lineTook;
    state = State.LOGGED;
  }

  void late() {
    state = State.LATE;
  }

  void expire() {
    state = State.EXPIRED;
  }

  void decide(Outcome decided) {
    outcome = decided;
  }

  static Replica read(RowReader in) throws DamagedRow {
    int number = in.count(LeaseId.REPLICA_MAX);
    AgentId agent = new AgentId(in.hash());
    Holder holder = new Holder(in.bytes());
    boolean logged = in.bool();
    Replica replica = new Replica(number, agent, holder, logged ? State.LOGGED : State.EXPIRED);
    if (logged) {
      replica.leaf = in.number();
      replica.page = in.number();
      replica.took = Took.read(in);
      Hash output = in.hash();
      replica.answer =
          new Answer(
              output, in.number(), (int) in.number(), in.bool(), ComparedField.read(in, output));
      int digit = in.octet();
      replica.outcome = Outcome.of(digit).orElseThrow(() -> in.fault("holds outcome " + digit));
    }
    return replica;
  }

  /** Leases of which a line may still come are not written: they stand in their agent's row. */
  void write(RowWriter out) {
    out.number(number).hash(agent.digest()).bytes(holder.octets()).bool(state == State.LOGGED);
    Answer logged = answer;
    if (logged != null) {
      out.number(leaf).number(page);
      took.write(out);
      out.hash(logged.output()).number(logged.count()).number(logged.exit());
      out.bool(logged.complete());
      ComparedField.write(out, logged);
      out.octet(outcome.digit());
    }
  }
}
