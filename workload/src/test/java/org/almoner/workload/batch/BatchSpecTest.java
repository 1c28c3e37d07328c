package org.almoner.workload.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.lease.BlobRef;
import org.junit.jupiter.api.Test;

class BatchSpecTest {
  static final String PURPOSE = "Find exponents of Mersenne primes.";

  static BatchSpec spec(BatchUnits units) {
    return new BatchSpec(
        "log.example/2026",
        "mersenne",
        PURPOSE,
        Hash.sha256(new byte[0]),
        units,
        List.of(new BlobRef("seed.txt", Hash.ZERO, 12)),
        new Allotment(1, 1 << 20, 1_000, 60_000),
        List.of("mersenne.txt"),
        2);
  }

  private static BatchSpec parse(String json) throws MalformedJson {
    return BatchSpec.parse(
        JsonFields.of(CanonicalJson.parse(json.getBytes(StandardCharsets.UTF_8))));
  }

  private static String json() {
    return new String(
        CanonicalJson.encode(spec(new BatchUnits.Range(1, 4500, 250)).toJson()),
        StandardCharsets.UTF_8);
  }

  @Test
  void whatIsWrittenIsRead() throws MalformedJson {
    assertThat(parse(json())).isEqualTo(spec(new BatchUnits.Range(1, 4500, 250)));
    BatchSpec files = spec(new BatchUnits.Files(List.of(new BlobRef("a.txt", Hash.ZERO, 1))));
    assertThat(parse(new String(CanonicalJson.encode(files.toJson()), StandardCharsets.UTF_8)))
        .isEqualTo(files);
  }

  @Test
  void howResultsAreComparedIsSignedAndLeftOutWhenExact() throws MalformedJson {
    assertThat(json()).doesNotContain("compare");
    String compared =
        json()
            .replace(
                "\"inputs\"",
                "\"compare\":{\"count\":\"any\",\"files\":[{\"as\":\"numbers\",\"columns\":[{},"
                    + "{\"absolute\":\"0.001\",\"relative\":\"0\"}],\"name\":\"mersenne.txt\"}]},"
                    + "\"inputs\"");
    BatchSpec read = parse(compared);
    assertThat(read.compare())
        .hasToString(
            "mersenne.txt as numbers (text; 0.001), other files octet by octet, any instruction count");
    assertThat(new String(CanonicalJson.encode(read.toJson()), StandardCharsets.UTF_8))
        .isEqualTo(compared);
    assertThatThrownBy(
            () -> parse(compared.replace("\"name\":\"mersenne.txt\"", "\"name\":\"other.txt\"")))
        .isInstanceOf(MalformedJson.class)
        .hasMessageContaining("other.txt is none of the outputs");
  }

  @Test
  void aBatchMayAskForEveryCheckAndSaysNothingOfWhatHoldsAnyway() throws MalformedJson {
    assertThat(json()).doesNotContain("checks");
    assertThat(parse(json()).checks()).isEqualTo(Checks.DRAWN);
    String every = json().replace("\"inputs\"", "\"checks\":\"every\",\"inputs\"");
    assertThat(parse(every).checks()).isEqualTo(Checks.EVERY);
    assertThat(new String(CanonicalJson.encode(parse(every).toJson()), StandardCharsets.UTF_8))
        .isEqualTo(every);
    for (String wrong : List.of("drawn", "some")) {
      assertThatThrownBy(() -> parse(every.replace("every", wrong)))
          .isInstanceOf(MalformedJson.class)
          .hasMessageContaining("expected every, or no such field, got " + wrong);
    }
  }

  @Test
  void onlyABatchThatAsksForTwoMayBeRunAlone() {
    assertThat(Checks.DRAWN.admitAlone(2)).isTrue();
    assertThat(Checks.DRAWN.admitAlone(3)).isFalse();
    assertThat(Checks.EVERY.admitAlone(2)).isFalse();
  }

  @Test
  void theIdIsTheHeadOfThePayloadsDigest() {
    Hash digest = Hash.sha256(json().getBytes(StandardCharsets.UTF_8));
    assertThat(BatchSpec.idOf(digest).toHex()).isEqualTo(digest.toHex().substring(0, 16));
  }

  @Test
  void aFieldNobodyKnowsIsNamed() {
    assertThatThrownBy(() -> parse(json().replace("\"agree\":2", "\"agree\":2,\"agreed\":2")))
        .isInstanceOf(MalformedJson.class)
        .hasMessageContaining("agreed");
  }

  @Test
  void eachFieldOutOfBoundsIsNamed() {
    assertRefused("\"agree\":2", "\"agree\":1", "agree");
    assertRefused("\"agree\":2", "\"agree\":8", "agree");
    assertRefused("\"project\":\"mersenne\"", "\"project\":\"Mersenne\"", "project");
    assertRefused(PURPOSE, "Too short.", "purpose");
    assertRefused("\"step\":250", "\"step\":0", "step");
    assertRefused("\"to\":4500", "\"to\":0", "range");
    assertRefused("[\"mersenne.txt\"]", "[]", "outputs");
    assertRefused("[\"mersenne.txt\"]", "[\"../up\"]", "outputs");
    assertRefused("[\"mersenne.txt\"]", "[\"a\",\"a\"]", "stands twice");
    assertRefused("\"memoryBytes\":1048576", "\"memoryBytes\":1048577", "memoryBytes");
  }

  @Test
  void aUnitFileThatIsAnInputTooIsRefused() {
    assertThatThrownBy(
            () -> spec(new BatchUnits.Files(List.of(new BlobRef("seed.txt", Hash.ZERO, 1)))))
        .hasMessageContaining("seed.txt is an input too");
  }

  @Test
  void mutatedPayloadsAreReadOrRefusedInWords() {
    Random random = new Random(11);
    byte[] good = json().getBytes(StandardCharsets.UTF_8);
    int refused = 0;
    for (int i = 0; i < 5_000; i++) {
      byte[] bad = good.clone();
      for (int change = 0; change <= random.nextInt(3); change++) {
        bad[random.nextInt(bad.length)] = (byte) (random.nextInt(95) + 32);
      }
      try {
        BatchSpec.parse(JsonFields.of(CanonicalJson.parse(bad)));
      } catch (MalformedJson e) {
        assertThat(e.getMessage()).isNotBlank();
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(2_500);
  }

  private static void assertRefused(String from, String to, String named) {
    assertThat(json()).contains(from);
    assertThatThrownBy(() -> parse(json().replace(from, to)))
        .as(to)
        .isInstanceOf(MalformedJson.class)
        .hasMessageContaining(named);
  }
}
