package org.almoner.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.almoner.protocol.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The public RFC 8785 vectors: equal octets where our narrow model applies, a named refusal else.
 */
class JcsVectorTests {
  @ParameterizedTest
  @ValueSource(strings = {"french", "unicode", "weird"})
  void theVectorsWithinOurModelGiveTheirExactOctets(String name) throws Exception {
    JsonValue value = JsonParser.parse(read("input/" + name + ".json"));

    String hex =
        new String(read("outhex/" + name + ".txt"), StandardCharsets.US_ASCII)
            .replaceAll("\\s+", "");
    assertThat(CanonicalJson.bytes(value).toHex()).isEqualTo(hex);
    assertThat(CanonicalJson.encode(value)).isEqualTo(read("output/" + name + ".json"));
  }

  @Test
  void theSortedOutputOfTheStructuresVectorIsCanonical() throws Exception {
    byte[] output = read("output/structures.json");
    assertThat(CanonicalJson.encode(CanonicalJson.parse(output))).isEqualTo(output);
  }

  @ParameterizedTest
  @CsvSource({"arrays,null at character", "structures,a fraction or exponent", "values,a fraction"})
  void theVectorsBeyondOurModelAreRefusedByName(String name, String sentence) throws Exception {
    byte[] input = read("input/" + name + ".json");
    assertThatThrownBy(() -> JsonParser.parse(input))
        .isInstanceOf(MalformedJson.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void theEscapesOfTheValuesVectorAreExact() throws Exception {
    byte[] input =
        "{\"string\":\"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\"}"
            .getBytes(StandardCharsets.US_ASCII);
    String vector = new String(read("output/values.json"), StandardCharsets.UTF_8);
    String string = vector.substring(vector.indexOf("\"string\""), vector.length() - 1);
    assertThat(CanonicalJson.bytes(JsonParser.parse(input)))
        .isEqualTo(Bytes.utf8("{" + string + "}"));
  }

  private static byte[] read(String path) throws IOException {
    try (InputStream in =
        JcsVectorTests.class.getResourceAsStream("/vectors/jcs/testdata/" + path)) {
      return in.readAllBytes();
    }
  }
}
