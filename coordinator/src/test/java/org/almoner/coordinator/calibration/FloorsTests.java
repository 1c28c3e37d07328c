package org.almoner.coordinator.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.almoner.coordinator.enrolment.Holder;
import org.almoner.ledger.entry.Rates;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.junit.jupiter.api.Test;

class FloorsTests {
  private static final Hash RELEASE = Hash.sha256(new byte[] {1});
  private static final Hash OTHER = Hash.sha256(new byte[] {2});

  private static List<Long> rates(int count) {
    return LongStream.rangeClosed(1, count).mapToObj(i -> i * 100).toList();
  }

  private static Holder holder(int number) {
    return new Holder(Bytes.of(new byte[] {(byte) (number >> 8), (byte) number}));
  }

  private static Rates logged(long starter, Map<Hash, Long> releases) {
    return new Rates(starter, new TreeMap<>(releases));
  }

  @Test
  void oneComputerInTwentyMayBeSlower() {
    assertThat(Percentile.of(rates(1))).isEqualTo(100);
    assertThat(Percentile.of(rates(20))).isEqualTo(100);
    assertThat(Percentile.of(rates(21))).isEqualTo(200);
    assertThat(Percentile.of(rates(1_000))).isEqualTo(5_000);
  }

  @Test
  void underTwentyDonorsAQuarterOfTheOperatorsRateIsBelieved() {
    assertThat(new Floors(4_000).release(rates(19))).hasValue(1_000);
    assertThat(new Floors(4_000).release(rates(20))).hasValue(250);
    assertThat(new Floors(0).release(rates(19))).isEmpty();
    assertThat(new Floors(1).release(rates(1))).hasValue(1);
  }

  @Test
  void twoSlowKeysDoNotSetTheBoundOfEverybody() {
    List<Long> rates = new ArrayList<>(Collections.nCopies(20, 4_000L));
    rates.add(1L);
    rates.add(1L);
    assertThat(new Floors(0).release(rates)).hasValue(1_000);
    assertThat(Percentile.median(List.of(3L, 1L, 2L, 4L))).isEqualTo(2);
  }

  @Test
  void theStarterRateIsThatOfTheSameComputersOrTheOperators() {
    assertThat(new Floors(4_000).starter(rates(20), 7)).isEqualTo(250);
    assertThat(new Floors(4_000).starter(rates(19), 7)).isEqualTo(1_000);
    assertThat(new Floors(0).starter(rates(19), 7)).isEqualTo(250);
    assertThat(new Floors(0).starter(List.of(), 7)).isEqualTo(7);
  }

  @Test
  void onlyThoseWhoRanAReleaseStandBehindIt() {
    BestRates release = new BestRates(RELEASE.toHex());
    release.reached(holder(1), 10);
    release.reached(holder(2), 10);
    BestRates starters = new BestRates("starter");
    starters.reached(holder(2), 20);
    starters.reached(holder(3), 30);
    assertThat(Floors.behind(List.of(release), starters)).containsExactly(20L);
  }

  @Test
  void aChangeOfFivePercentIsNotWorthAnEntry() {
    Rates before = logged(1_000, Map.of(RELEASE, 1_000L));
    assertThat(Floors.differs(before, logged(1_050, Map.of(RELEASE, 950L)))).isFalse();
    assertThat(Floors.differs(before, logged(1_051, Map.of(RELEASE, 1_000L)))).isTrue();
    assertThat(Floors.differs(before, logged(1_000, Map.of(RELEASE, 949L)))).isTrue();
    assertThat(Floors.differs(before, logged(1_000, Map.of(RELEASE, 1_000L, OTHER, 1L)))).isTrue();
  }

  @Test
  void theBestRateOfADonorStandsAndThoseNotHeardOfAreForgotten() throws Exception {
    BestRates rates = new BestRates("starter");
    assertThat(rates.reached(holder(1), 5)).isTrue();
    assertThat(rates.reached(holder(1), 4)).isFalse();
    assertThat(rates.reached(holder(1), 6)).isTrue();
    for (int i = 2; i <= BestRates.HOLDERS_MAX + 1; i++) {
      rates.reached(holder(i), i);
    }
    assertThat(rates.byHolder()).hasSize(BestRates.HOLDERS_MAX).doesNotContainKey(holder(1));
    assertThat(BestRates.parse(rates.key(), rates.image()).byHolder()).isEqualTo(rates.byHolder());
  }

  @Test
  void aRowIsWrittenOnceInTenMinutes() {
    BestRates rates = new BestRates("starter");
    long now = 1_700_000_000_000L;
    assertThat(rates.isDue(now)).isTrue();
    assertThat(rates.isDue(now + BestRates.WRITE_MS - 1)).isFalse();
    assertThat(rates.isDue(now + BestRates.WRITE_MS)).isTrue();
  }
}
