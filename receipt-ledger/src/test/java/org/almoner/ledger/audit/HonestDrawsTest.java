package org.almoner.ledger.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.almoner.ledger.entry.CheckSecret;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.tally.UsageOpening;
import org.almoner.protocol.identity.SigningKey;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An honest coordinator is found guilty of nothing, whatever is not opened. */
class HonestDrawsTest extends DrawnLog {
  private static final int LINES = 500;
  private static final int RIGHT = 0;

  private final List<Computer> computers = new ArrayList<>();
  private final List<Work> units = new ArrayList<>();
  private final Set<Long> settled = new HashSet<>();
  private final List<Answer> alone = new ArrayList<>();

  private record Answer(Computer computer, Work unit, long leaf, int value) {}

  /** A computer and the record that the coordinator keeps of it. */
  private static final class Computer {
    private final SigningKey key;
    private final int liesPercent;
    private int row;
    private int needed = 10;
    private long caughtAt = -1;

    Computer(int number, int liesPercent) {
      this.key = key(number);
      this.liesPercent = liesPercent;
    }
  }

  private static final class Work {
    private final int number;
    private final int agree;
    private final List<Answer> answers = new ArrayList<>();
    private int taken = -1;

    Work(int number, int agree) {
      this.number = number;
      this.agree = agree;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void noLineIsFoundHoweverManyAreNotOpened(long seed) {
    Random random = new Random(seed);
    begin();
    for (int i = 0; i < 5; i++) {
      computers.add(new Computer(i + 1, i == 0 ? 4 : 0));
    }
    for (int i = 0; i < LINES; i++) {
      step(random);
      if (random.nextInt(100) == 0) {
        settleAll();
      }
    }
    settleAll();
    assertThat(findings()).isEmpty();
    assertThat(audited.odds().alone()).isPositive();
    List<UsageOpening> all = List.copyOf(openings);
    for (int percent : new int[] {1, 10, 50, 90}) {
      openings.clear();
      all.stream().filter(each -> random.nextInt(100) >= percent).forEach(openings::add);
      assertThat(findings()).as(percent + " % hidden").isEmpty();
    }
  }

  private void step(Random random) {
    Computer computer = computers.get(random.nextInt(computers.size()));
    List<Work> open =
        units.stream()
            .filter(unit -> unit.taken < 0 || random.nextInt(60) == 0) // few come late
            .filter(unit -> unit.answers.stream().noneMatch(a -> a.computer == computer))
            .toList();
    boolean begins = open.isEmpty() || random.nextInt(3) == 0;
    Work unit;
    if (begins) {
      unit = new Work(units.size(), random.nextInt(4) == 0 ? 3 : 2);
      units.add(unit);
    } else {
      unit = open.get(random.nextInt(open.size()));
    }
    int value = random.nextInt(100) < computer.liesPercent ? 1 + random.nextInt(1_000) : RIGHT;
    long leaf = line(computer.key, unit.number, Outcome.NONE);
    Answer answer = new Answer(computer, unit, leaf, value);
    unit.answers.add(answer);
    boolean trusted = begins && unit.agree == 2 && computer.row >= computer.needed;
    if (trusted && !CheckSecret.due(secret, leaf, Math.min(computer.row, 20))) {
      unit.taken = value;
      alone.add(answer);
      outcomes.put(leaf, Outcome.ACCEPTED_ALONE);
    } else if (unit.taken >= 0 && alone.stream().noneMatch(a -> a.unit == unit)) {
      decide(answer);
    } else {
      vote(unit);
    }
  }

  private void vote(Work unit) {
    Map<Integer, Integer> votes = new HashMap<>();
    unit.answers.forEach(answer -> votes.merge(answer.value, 1, Integer::sum));
    votes.forEach(
        (value, count) -> {
          if (count >= unit.agree) {
            unit.taken = value;
          }
        });
    if (unit.taken >= 0 && votes.getOrDefault(unit.taken, 0) >= unit.agree) {
      alone.removeIf(answer -> answer.unit == unit);
      List.copyOf(unit.answers).forEach(this::decide);
    }
  }

  private void decide(Answer answer) {
    Computer computer = answer.computer;
    boolean right = answer.value == answer.unit.taken;
    say(answer, right ? Outcome.ACCEPTED : Outcome.OUTPUT_DISAGREED);
    if (right) {
      computer.row++;
      return;
    }
    computer.row = 0;
    computer.needed *= 10;
    computer.caughtAt = log.size();
    for (Answer own : List.copyOf(alone)) {
      if (own.computer == computer) {
        own.unit.taken = -1; // others are asked
      }
    }
  }

  private void say(Answer answer, Outcome outcome) {
    if (!settled.contains(answer.leaf)) {
      outcomes.put(answer.leaf, outcome);
    } else if (outcome == Outcome.OUTPUT_DISAGREED) {
      disprove(answer.leaf);
    }
  }

  private void settleAll() {
    for (Work unit : units) {
      for (Answer answer : unit.answers) {
        boolean counts =
            outcomes.get(answer.leaf) == Outcome.ACCEPTED
                || outcomes.get(answer.leaf) == Outcome.ACCEPTED_ALONE;
        if (counts && answer.leaf < answer.computer.caughtAt) {
          outcomes.put(answer.leaf, Outcome.DISTRUSTED);
        }
      }
    }
    outcomes.forEach(
        (leaf, outcome) -> {
          if (outcome != Outcome.NONE) {
            settled.add(leaf);
          }
        });
    Map<Long, Outcome> waiting = new HashMap<>(outcomes);
    settle();
    waiting.forEach(
        (leaf, outcome) -> {
          if (outcome == Outcome.NONE) {
            outcomes.put(leaf, outcome);
          }
        });
  }
}
