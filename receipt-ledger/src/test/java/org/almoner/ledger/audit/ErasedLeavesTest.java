package org.almoner.ledger.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.json.MalformedJson;
import org.junit.jupiter.api.Test;

class ErasedLeavesTest {
  private static final String LISTED =
      "{\"erased\":[{\"from\":4,\"to\":6},{\"from\":9,\"to\":10}],\"origin\":\"log.example/2026\"}";

  @Test
  void neighboursAreOneRangeAsTheSpecificationShows() throws Exception {
    ErasedLeaves list = ErasedLeaves.of("log.example/2026", List.of(9L, 5L, 4L, 5L));
    assertThat(list.octets()).isEqualTo(Bytes.utf8(LISTED));
    assertThat(ErasedLeaves.parse(Bytes.utf8(LISTED + "\n")).octets()).isEqualTo(list.octets());
    assertThat(list.count()).isEqualTo(3);
    assertThat(list.end()).isEqualTo(10);
  }

  @Test
  void whatWasListedIsContainedAndNothingElse() throws Exception {
    Random random = new Random(3);
    Set<Long> leaves = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      leaves.add((long) random.nextInt(400));
    }
    ErasedLeaves list = ErasedLeaves.parse(ErasedLeaves.of("o", leaves).octets());
    for (long leaf = 0; leaf < 420; leaf++) {
      assertThat(list.contains(leaf)).as("leaf " + leaf).isEqualTo(leaves.contains(leaf));
    }
    assertThat(list.count()).isEqualTo(leaves.size());
  }

  @Test
  void aListThatIsNoneIsNamedByItsField() {
    refused("{\"erased\":[]}", "origin");
    refused("{\"erased\":[{\"from\":4,\"to\":4}],\"origin\":\"o\"}", "got 4 to 4");
    refused(
        "{\"erased\":[{\"from\":1,\"to\":4},{\"from\":4,\"to\":5}],\"origin\":\"o\"}",
        "expected ranges in order that do not touch, got 4 to 5");
    refused("{\"erased\":[{\"from\":1,\"to\":4,\"x\":1}],\"origin\":\"o\"}", "x");
    refused("[]", "");
  }

  @Test
  void alteredOctetsAreRefusedOrReadNeverMore() {
    Random random = new Random(5);
    for (int i = 0; i < 2_000; i++) {
      byte[] octets = Bytes.utf8(LISTED).toArray();
      octets[random.nextInt(octets.length)] = (byte) random.nextInt();
      try {
        assertThat(ErasedLeaves.parse(Bytes.of(octets)).count()).isNotNegative();
      } catch (MalformedJson refused) {
        assertThat(refused).hasMessageMatching("(?s).+");
      }
    }
  }

  private static void refused(String list, String names) {
    assertThatThrownBy(() -> ErasedLeaves.parse(Bytes.utf8(list)))
        .isInstanceOf(MalformedJson.class)
        .hasMessageContaining(names);
  }
}
