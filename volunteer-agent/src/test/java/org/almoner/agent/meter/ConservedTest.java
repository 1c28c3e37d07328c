package org.almoner.agent.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.almoner.agent.meter.Conserved.Used;
import org.junit.jupiter.api.Test;

class ConservedTest {
  private static final Seen.Id PARENT = new Seen.Id(1, 10);
  private static final Seen.Id CHILD = new Seen.Id(2, 20);
  private static final Seen.Id SAME_NUMBER = new Seen.Id(2, 30);

  private final Conserved sum = new Conserved();

  @Test
  void whatAParentTookOverCountsOnce() {
    sum.look(Map.of(PARENT, new Used(5, 0), CHILD, new Used(100, 0)));
    sum.look(Map.of(PARENT, new Used(6, 120)));
    assertThat(sum.total()).isEqualTo(126);
  }

  @Test
  void whatNobodyTookOverCountsAsItWasSeen() {
    sum.look(Map.of(PARENT, new Used(5, 0), CHILD, new Used(100, 0)));
    sum.look(Map.of(PARENT, new Used(6, 0)));
    assertThat(sum.total()).isEqualTo(106);
    sum.look(Map.of(PARENT, new Used(9, 0)));
    assertThat(sum.total()).isEqualTo(109);
  }

  @Test
  void childrenThatCameAndWentBetweenTwoLooksAreInTheirParentsAccount() {
    sum.look(Map.of(PARENT, new Used(5, 0)));
    sum.look(Map.of(PARENT, new Used(5, 70)));
    assertThat(sum.total()).isEqualTo(75);
  }

  @Test
  void aNumberThatIsGivenOutAgainIsAnotherProcess() {
    sum.look(Map.of(CHILD, new Used(100, 0)));
    sum.look(Map.of(SAME_NUMBER, new Used(1, 0)));
    assertThat(sum.total()).isEqualTo(101);
  }

  @Test
  void anAccountThatWasTakenReplacesWhatWasSeen() {
    sum.look(Map.of(PARENT, new Used(5, 0), CHILD, new Used(100, 7)));
    sum.settle(CHILD, 123);
    assertThat(sum.total()).isEqualTo(128);
    sum.look(Map.of(PARENT, new Used(5, 0)));
    assertThat(sum.total()).isEqualTo(128);
  }

  @Test
  void whenAllAreGoneNothingIsForgotten() {
    sum.look(Map.of(PARENT, new Used(5, 0), CHILD, new Used(100, 0)));
    sum.look(Map.of());
    assertThat(sum.total()).isEqualTo(105);
    sum.look(Map.of());
    assertThat(sum.total()).isEqualTo(105);
  }
}
