package org.almoner.ledger.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.protocol.bytes.Hash;

class DrawProperties {
  /** Beyond this a fair draw of 14 degrees of freedom comes once in a hundred thousand. */
  private static final double CHI_SQUARE_MAX = 48.7;

  private static Draw draw(long size) {
    return Draw.of(
        new Checkpoint("log.example/2026", size + 1, Hash.ZERO), new Dice("12345612345612345612"));
  }

  @Property(tries = 200)
  void nothingIsDrawnTwiceAndNothingFromOutside(
      @ForAll @LongRange(max = 1L << 40) long population,
      @ForAll @IntRange(max = 200) int wanted,
      @ForAll @LongRange(max = 1_000_000) long size) {
    List<Long> ranks = draw(size).ranks(population, wanted);

    assertThat(ranks)
        .hasSize((int) Math.min(wanted, population))
        .doesNotHaveDuplicates()
        .allMatch(rank -> rank >= 0 && rank < population);
  }

  @Property(tries = 200)
  void aLargerDrawBeginsWithASmallerOne(
      @ForAll @LongRange(max = 500) long population,
      @ForAll @IntRange(max = 300) int some,
      @ForAll @IntRange(max = 300) int more) {
    List<Long> smaller = draw(3).ranks(population, some);

    assertThat(draw(3).ranks(population, some + more).subList(0, smaller.size()))
        .isEqualTo(smaller);
  }

  @Property(tries = 100)
  void aDrawOfAllIsAPermutation(@ForAll @IntRange(max = 300) int population) {
    List<Long> all = new ArrayList<>(draw(4).ranks(population, population));
    Collections.sort(all);

    assertThat(all).isEqualTo(LongStream.range(0, population).boxed().toList());
  }

  /** Every one of 15 is first, second and third about as often as another. */
  @Property(tries = 1)
  void noRankIsPreferredAtAnyPlace() {
    int population = 15;
    int draws = 6_000;
    int[][] counts = new int[3][population];
    for (int i = 0; i < draws; i++) {
      List<Long> ranks = draw(i).ranks(population, counts.length);
      for (int place = 0; place < counts.length; place++) {
        counts[place][ranks.get(place).intValue()]++;
      }
    }
    double expected = (double) draws / population;
    for (int[] place : counts) {
      double chiSquare = 0;
      for (int count : place) {
        chiSquare += (count - expected) * (count - expected) / expected;
      }
      assertThat(chiSquare).isLessThan(CHI_SQUARE_MAX);
    }
  }
}
