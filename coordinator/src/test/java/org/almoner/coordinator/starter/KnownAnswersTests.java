package org.almoner.coordinator.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.almoner.coordinator.batch.Batch;
import org.almoner.coordinator.validation.Answer;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.SigningKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownAnswersTests {
  private static final String LINE = "0 " + "ab".repeat(32) + " 17\n";

  private final Batch batch =
      StarterBatch.of(
          "log.example.org/2026", SigningKey.generate(new java.security.SecureRandom()));

  @Test
  void theCarriedAnswersAreOfTheCarriedModuleAndComeRound() {
    KnownAnswers known = KnownAnswers.load();
    Answer first = known.of(batch, 0).orElseThrow();
    assertThat(first.succeeded()).isTrue();
    assertThat(known.of(batch, 8)).contains(first);
    assertThat(known.of(batch, 1)).isNotEqualTo(known.of(batch, 0));
  }

  @Test
  void theAnswersOfAnotherModuleAreUnknown() {
    assertThat(KnownAnswers.parse(Hash.ZERO, LINE).of(batch, 0)).isEmpty();
    assertThat(KnownAnswers.parse(StarterModule.DIGEST, LINE).of(batch, 5))
        .contains(new Answer(Hash.parseHex("ab".repeat(32)), 17, 0, true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n", "1 ", "0 ab 17", "0 x 17", "\n", "0  17"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> KnownAnswers.parse(Hash.ZERO, text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected");
  }

  @Test
  void aWrongLineIsNamed() {
    assertThatThrownBy(() -> KnownAnswers.parse(Hash.ZERO, "# one\n" + LINE + "2 ab 3\n"))
        .hasMessage("line 3: expected \"1 DIGEST COUNT\", got \"2 ab 3\"");
  }

  @Test
  void damageIsRefusedOrReadButNeverThrowsAnythingElse() {
    Random random = new Random(9);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder("# c\n" + LINE + LINE.replaceFirst("0", "1"));
      text.setCharAt(random.nextInt(text.length()), (char) (random.nextInt(96) + 32));
      try {
        assertThat(KnownAnswers.parse(StarterModule.DIGEST, text.toString()).of(batch, 0))
            .isPresent();
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageContaining("expected");
      }
    }
  }

  @Test
  void theSameCoordinatorMakesTheSameBatch() {
    SigningKey key = SigningKey.generate(new java.security.SecureRandom());
    assertThat(StarterBatch.of("log.example.org/2026", key).id())
        .isEqualTo(StarterBatch.of("log.example.org/2026", key).id());
    assertThat(batch.starter()).isTrue();
    assertThat(batch.plan().unit(0).args()).containsExactly("1000000000");
    assertThat(batch.plan().unit(batch.units() - 1).args()).containsExactly("1999999999");
  }
}
