package org.almoner.agent.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Any life of a tree: processes work, start others, end; parents ask for their ends or do not. */
class ConservedProperties {
  /** One process of the model. */
  private static final class Live {
    final Seen.Id id;
    final Live parent;
    long own;
    long taken;
    boolean gone;

    Live(Seen.Id id, Live parent) {
      this.id = id;
      this.parent = parent;
    }
  }

  @Property(tries = 300)
  void noMoreIsCountedThanWasUsedAndNothingIsLostWhereParentsAsk(
      @ForAll long seed, @ForAll boolean parentsAsk) {
    Random random = new Random(seed);
    List<Live> live = new ArrayList<>();
    live.add(new Live(new Seen.Id(0, 0), null));
    Conserved sum = new Conserved();
    long truth = 0;
    long before = 0;
    for (int step = 1; step < 60; step++) {
      Live one = live.get(random.nextInt(live.size()));
      int what = random.nextInt(4);
      if (what == 0) {
        live.add(new Live(new Seen.Id(random.nextInt(9), step), one));
      } else if (what == 1 && live.size() > 1 && one.parent != null) {
        one.gone = true;
        live.remove(one);
        if ((parentsAsk || random.nextBoolean()) && !one.parent.gone) {
          one.parent.taken += one.own + one.taken;
        }
      } else {
        int used = random.nextInt(1_000);
        one.own += used;
        truth += used;
      }
      if (random.nextBoolean()) {
        sum.look(look(live));
        assertThat(sum.total()).isBetween(before, truth);
        before = sum.total();
      }
    }
    sum.look(look(live));
    assertThat(sum.total()).isLessThanOrEqualTo(truth);
    if (parentsAsk && live.stream().noneMatch(one -> one.parent != null && one.parent.gone)) {
      long here = live.stream().mapToLong(one -> one.own + one.taken).sum();
      assertThat(sum.total()).isGreaterThanOrEqualTo(here);
    }
  }

  private static Map<Seen.Id, Conserved.Used> look(List<Live> live) {
    Map<Seen.Id, Conserved.Used> now = new HashMap<>();
    live.forEach(one -> now.put(one.id, new Conserved.Used(one.own, one.taken)));
    return now;
  }
}
