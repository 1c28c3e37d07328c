package org.almoner.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTests {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"b\":1,\"a\":2} | differs at byte 2",
        "{ \"a\":1} | differs at byte 1",
        "{\"a\":\"\\u0041\"} | differs at byte 6",
        "{\"a\":1,\"a\":1} | \"a\" appears twice",
        "{\"a\":null} | leave the field out",
        "{\"a\":1.5} | fraction",
        "{\"a\":1e3} | fraction or exponent",
        "{\"a\":01} | not a plain integer",
        "{\"a\":-0} | not a plain integer",
        "{\"a\":9007199254740992} | beyond 2^53-1",
        "{\"a\":-9007199254740992} | beyond 2^53-1",
        "{\"a\":99999999999999999999999} | beyond 2^53-1",
        "{\"a\":1}x | expected the end at character 7",
        "{\"a\":1 | expected ',' at character 6, got the end",
        "{\"a\" 1} | expected ':'",
        "{a:1} | expected a field name in quotes",
        "{\"a\":\"\\x\"} | unknown escape",
        "{\"a\":\"\\ud800\"} | lone surrogate",
        "{\"a\":\"\\u00g0\"} | expected a hexadecimal digit",
        "[1] | expected an object, got an array",
        "`` | expected a value at character 0, got the end"
      })
  void whatIsNotCanonicalIsNamed(String text, String sentence) {
    assertThatThrownBy(() -> CanonicalJson.parse(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(MalformedJson.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void theLargestIntegersPass() throws Exception {
    byte[] octets =
        "{\"a\":9007199254740991,\"b\":-9007199254740991}".getBytes(StandardCharsets.UTF_8);
    assertThat(CanonicalJson.encode(CanonicalJson.parse(octets))).isEqualTo(octets);
  }

  @Test
  void aFieldPutTwiceCannotBeBuilt() {
    JsonValue.Builder twice = JsonValue.Obj.of().put("b", 1).put("a", 2).put("b", 3);
    assertThatThrownBy(twice::build).hasMessage("field b was put twice");
  }

  @Test
  void aFieldThatComesAgainMuchLaterIsFound() {
    String text = "{\"c\":1,\"a\":2,\"b\":3,\"d\":4,\"c\":5}";
    assertThatThrownBy(() -> JsonParser.parse(text.getBytes(StandardCharsets.UTF_8)))
        .hasMessage("field \"c\" appears twice");
  }

  @Test
  void invalidUtf8IsNamed() {
    byte[] octets = {'{', '"', (byte) 0xc3, '"', ':', '1', '}'};
    assertThatThrownBy(() -> CanonicalJson.parse(octets)).hasMessage("the text is not valid UTF-8");
  }

  @Test
  void deepNestingEndsInASentenceAndNotInAnOverflow() {
    byte[] octets = "[".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> JsonParser.parse(octets))
        .hasMessageContaining("nested deeper than 32");
  }

  @ParameterizedTest
  @ValueSource(longs = {1L << 53, -(1L << 53), Long.MAX_VALUE})
  void anIntegerOtherReadersWouldRoundCannotBeMade(long value) {
    assertThatThrownBy(() -> new JsonValue.Int(value)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFieldNobodyAskedForIsRefusedWithItsPath() throws Exception {
    JsonFields fields = fields("{\"a\":{\"b\":1,\"c\":2}}");
    JsonFields nested = fields.object("a");
    nested.integer("b", 0, 9);
    assertThatThrownBy(nested::end).hasMessageContaining("unknown field \"a.c\"");
  }

  @Test
  void aFieldOfTheWrongTypeOrRangeIsNamed() throws Exception {
    JsonFields fields = fields("{\"n\":7,\"t\":\"x\",\"h\":\"ABCD\",\"l\":[{},3]}");
    assertThatThrownBy(() -> fields.text("n", 9))
        .hasMessage("field \"n\": expected a string, got an integer");
    assertThatThrownBy(() -> fields.integer("n", 0, 6))
        .hasMessage("field \"n\": expected 0 to 6, got 7");
    assertThatThrownBy(() -> fields.integer("t", 0, 6))
        .hasMessage("field \"t\": expected an integer, got a string");
    assertThatThrownBy(() -> fields.hex("h", 2)).hasMessageContaining("lowercase hexadecimal");
    assertThatThrownBy(() -> fields.hash("t")).hasMessageContaining("64 hexadecimal digits");
    assertThatThrownBy(() -> fields.objects("l", 0, 9))
        .hasMessage("field \"l[1]\": expected an object, got an integer");
    assertThatThrownBy(() -> fields.objects("l", 0, 1)).hasMessageContaining("0 to 1 items, got 2");
    assertThatThrownBy(() -> fields.bool("gone")).hasMessage("field \"gone\" is missing");
  }

  private static JsonFields fields(String text) throws MalformedJson {
    return JsonFields.of(JsonParser.parseObject(text.getBytes(StandardCharsets.UTF_8)));
  }
}
