package org.almoner.coordinator.dispatch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.almoner.coordinator.batch.Estimate;
import org.almoner.coordinator.enrolment.Holder;
import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.coordinator.validation.Answer;
import org.almoner.coordinator.validation.Judge;
import org.almoner.coordinator.validation.Verdict;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.lease.Engine;
import org.almoner.protocol.lease.LeaseId;

/** One unit that was leased at least once. */
public final class Unit {
  private final long index;
  private final List<Replica> replicas = new ArrayList<>();
  private State state = State.OPEN;
  private int stamp;
  private boolean contested;
  private long waitsSinceMs;

  /** Added to the state's digit in the row of a unit that is contested. */
  private static final int CONTESTED = 0x10;

  /** Where a unit stands. */
  public enum State {
    /** No result is agreed yet. */
    OPEN(0),
    /** A result is agreed. */
    ACCEPTED(1),
    /** It ended without one. */
    FAILED(2),
    /** A result was taken from one computer alone, and others are asked whether it is right. */
    QUESTIONED(3);

    private final int digit;

    State(int digit) {
      this.digit = digit;
    }

    static State of(RowReader in, int digit) throws DamagedRow {
      for (State state : values()) {
        if (state.digit == digit) {
          return state;
        }
      }
      throw in.fault("holds a unit in state " + digit);
    }
  }

  Unit(long index) {
    this.index = index;
  }

  /** Its place in the batch. */
  public long index() {
    return index;
  }

  /** Where it stands. */
  public State state() {
    return state;
  }

  /** Whether nobody else is asked, unless a line of it comes late. */
  public boolean hasEnded() {
    return state == State.ACCEPTED || state == State.FAILED;
  }

  /** Whether its result was taken from one computer alone. */
  boolean isAlone() {
    return state == State.ACCEPTED
        && replicas.stream().anyMatch(r -> r.outcome() == Outcome.ACCEPTED_ALONE);
  }

  /** Its replicas, in order of their numbers. */
  public List<Replica> replicas() {
    return Collections.unmodifiableList(replicas);
  }

  /** The replica of that number. */
  public Optional<Replica> replica(int number) {
    return replicas.stream().filter(r -> r.number() == number).findFirst();
  }

  /** What becomes of an answer that comes when the unit has ended. */
  Outcome judge(Answer late) {
    Optional<Answer> agreed = agreed();
    if (agreed.isPresent()) {
      return judge(late, agreed.get());
    }
    boolean failed = replicas.stream().anyMatch(r -> r.outcome() == Outcome.FAILED);
    return failed ? Outcome.FAILED : Outcome.NO_QUORUM;
  }

  /**
   * What becomes of an answer once {@code agreed} is the unit's. Within a tolerance, one may be
   * close to another that was taken and not to the one that is delivered: that makes it no wrong
   * one.
   */
  Outcome judge(Answer answer, Answer agreed) {
    Outcome outcome = Judge.outcome(answer, agreed);
    boolean near =
        outcome == Outcome.OUTPUT_DISAGREED
            && replicas.stream()
                .flatMap(r -> r.answer().stream())
                .anyMatch(other -> other.agreesWith(agreed) && other.agreesWith(answer));
    return near ? Outcome.NO_QUORUM : outcome;
  }

  /** What it took on average over the lines that count; empty when none does. */
  Optional<Estimate> took() {
    long lines = 0;
    long cpuMs = 0;
    long wallMs = 0;
    for (Replica replica : replicas) {
      if (replica.outcome().counts()) {
        lines++;
        cpuMs += replica.took().cpuMs();
        wallMs += replica.took().wallMs();
      }
    }
    return lines == 0 ? Optional.empty() : Optional.of(new Estimate(cpuMs / lines, wallMs / lines));
  }

  /** The agreed answer: of those that count, the first. */
  public Optional<Answer> agreed() {
    return replicas.stream().filter(r -> r.outcome().counts()).findFirst().flatMap(Replica::answer);
  }

  /** Leases to be sent out now, so that the unit may be decided. */
  int wanted(int agree) {
    if (hasEnded()) {
      return 0;
    }
    int missing = verdict(agree).match(agreed -> 0, open -> open);
    int room = LeaseId.REPLICA_MAX + 1 - nextNumber();
    return Math.min(room, missing - out());
  }

  /** Whether no answer can be agreed any more. */
  boolean exhausted(int agree) {
    return !hasEnded() && out() == 0 && wanted(agree) <= 0;
  }

  /** Its answers, in order of their replicas. */
  List<Answer> answers() {
    List<Answer> answers = new ArrayList<>();
    replicas.forEach(r -> r.answer().ifPresent(answers::add));
    return answers;
  }

  /** Whether so many donors, each with each, agree with {@code answer}, which is one of them. */
  boolean agrees(Answer answer, int donors) {
    List<Answer> alike = answers().stream().filter(answer::agreesWith).toList();
    return Verdict.of(alike, donors).match(agreed -> true, open -> false);
  }

  private Verdict verdict(int agree) {
    return Verdict.of(answers(), contested ? agree + 1 : agree);
  }

  /** From now on, one donor more than asked for must agree. */
  void contest() {
    contested = true;
  }

  /** Since when another replica is waited for, coordinator's clock. */
  long waitsSinceMs() {
    return waitsSinceMs;
  }

  void waitFrom(long nowMs) {
    waitsSinceMs = nowMs;
  }

  /**
   * Whether a replica is with {@code holder} or {@code agent}, or was and came back. An agent that
   * was linked in between is another holder, and the same computer.
   */
  boolean heldBy(Holder holder, AgentId agent) {
    return replicas.stream()
        .filter(r -> r.state() != Replica.State.EXPIRED)
        .anyMatch(r -> r.holder().equals(holder) || r.agent().equals(agent));
  }

  /** The first who holds a replica; {@link Holder} of no octets when nobody does. */
  Holder firstHolder() {
    return replicas.stream()
        .filter(r -> r.state() != Replica.State.EXPIRED)
        .findFirst()
        .map(Replica::holder)
        .orElse(Waiting.NOBODY);
  }

  int nextNumber() {
    return replicas.isEmpty() ? 0 : replicas.get(replicas.size() - 1).number() + 1;
  }

  Replica lease(OpenGrant grant, Engine expected) {
    Replica replica = new Replica(nextNumber(), grant, expected);
    replicas.add(replica);
    return replica;
  }

  /** Puts back a lease that was out when the coordinator stopped. */
  Replica restore(int number, OpenGrant grant, Engine expected) {
    Replica replica = new Replica(number, grant, expected);
    int at = 0;
    while (at < replicas.size() && replicas.get(at).number() < number) {
      at++;
    }
    replicas.add(at, replica);
    return replica;
  }

  void end(State ended) {
    state = ended;
  }

  /** Others are asked whether what was taken from one computer alone is right. */
  void question() {
    if (!isAlone()) {
      throw new IllegalStateException("unit " + index + " was not taken from one computer alone");
    }
    state = State.QUESTIONED;
  }

  /** Whether {@code replica} is the only one from which a line came or may still come. */
  boolean isAloneWith(Replica replica) {
    return replicas.stream().allMatch(r -> r == replica || r.state() == Replica.State.EXPIRED);
  }

  /** Marks every place in a queue but the newest as out of date. */
  int nextStamp() {
    return ++stamp;
  }

  int stamp() {
    return stamp;
  }

  /** Whether a line of a replica may still come. */
  boolean isPending() {
    return replicas.stream().anyMatch(Replica::isPending);
  }

  /** Whether a replica is out and not late. */
  boolean isOut() {
    return out() > 0;
  }

  private int out() {
    int out = 0;
    for (Replica replica : replicas) {
      out += replica.state() == Replica.State.OUT ? 1 : 0;
    }
    return out;
  }

  /** Reads what {@link #write} wrote, in this version of the row or an older one. */
  static Unit read(RowReader in, long index) throws DamagedRow {
    Unit unit = new Unit(index);
    int octet = in.octet();
    unit.contested = (octet & CONTESTED) != 0;
    unit.state = State.of(in, octet & ~CONTESTED);
    int count = in.count(LeaseId.REPLICA_MAX + 1);
    for (int i = 0; i < count; i++) {
      unit.replicas.add(Replica.read(in));
    }
    return unit;
  }

  void write(RowWriter out) {
    List<Replica> ended = replicas.stream().filter(r -> !r.isPending()).toList();
    out.octet(state.digit | (contested ? CONTESTED : 0)).number(ended.size());
    ended.forEach(r -> r.write(out));
  }
}
