package org.almoner.agent.run.fast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.almoner.agent.run.process.ChildResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The file a unit's process leaves, which a stranger's code may have written. */
class FastResultTest {
  private static final String GOOD =
      "almoner-fast-result/1\nend trapped\nexit 0\ncount 12\nrefused 1\ncpu 34\n"
          + "reason 8:too deep\ntail 2\n3:a\u0001\n\n0:\n";

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void aResultIsRead() throws Exception {
    ChildResult result = FastResult.parse(octets(GOOD));
    assertThat(result.end()).isEqualTo(ChildResult.End.TRAPPED);
    assertThat(result.count()).isEqualTo(12);
    assertThat(result.memoryRefused()).isTrue();
    assertThat(result.cpuMs()).isEqualTo(34);
    assertThat(result.reason()).isEqualTo("the guest trapped: too deep");
    assertThat(result.tail()).containsExactly("a??", "");
  }

  @Test
  void octetsThatAreNoTextAreReplaced() throws Exception {
    ChildResult result = FastResult.parse(octets(GOOD.replace("8:too deep", "2:\u00ff\u00e4")));
    assertThat(result.reason()).isEqualTo("the guest trapped: \ufffd\ufffd");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "almoner-fast-result/1",
        "end trapped",
        "exit 0",
        "count 12",
        "refused 1",
        "8:too deep",
        "tail 2",
        "0:\n"
      })
  void whatIsNotAsExpectedIsNamedWithItsPlace(String part) {
    for (String other : new String[] {"", "x", "end lost", "exit 256", "count -1", "tail 21"}) {
      assertThatThrownBy(() -> FastResult.parse(octets(GOOD.replace(part, other))))
          .isInstanceOf(MalformedResult.class)
          .hasMessageMatching("octet \\d+: expected .*");
    }
  }

  @Test
  void numbersBeyondTheirBoundsAreRefused() {
    for (String[] change :
        new String[][] {
          {"exit 0", "exit 256"},
          {"count 12", "count 9007199254740992"},
          {"count 12", "count 99999999999999999999"},
          {"refused 1", "refused 2"},
          {"8:too", "501:too"},
          {"tail 2", "tail 21"}
        }) {
      assertThatThrownBy(() -> FastResult.parse(octets(GOOD.replace(change[0], change[1]))))
          .as(change[1])
          .isInstanceOf(MalformedResult.class);
    }
  }

  @Test
  void anyChangeOfAnyOctetIsReadOrRefused() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] changed = octets(GOOD);
      for (int n = random.nextInt(3); n >= 0; n--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(FastResult.parse(changed).tail()).hasSizeLessThanOrEqualTo(20);
      } catch (MalformedResult e) {
        assertThat(e).hasMessageStartingWith("octet ");
      }
    }
  }
}
