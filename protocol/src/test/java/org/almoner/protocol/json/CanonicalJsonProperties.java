package org.almoner.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CanonicalJsonProperties {
  @Property
  void everyValueSurvivesARoundTrip(@ForAll("objects") JsonValue.Obj value) throws Exception {
    byte[] octets = CanonicalJson.encode(value);
    assertThat(CanonicalJson.parse(octets)).isEqualTo(value);
  }

  @Property(tries = 3000)
  void randomOctetsAreReadOrRefusedAndNothingElse(@ForAll byte[] octets) {
    readOrRefuse(octets);
  }

  @Property(tries = 3000)
  void aChangedOctetIsRefusedOrIsAnotherCanonicalValue(
      @ForAll("objects") JsonValue.Obj value, @ForAll int where, @ForAll byte what) {
    byte[] octets = CanonicalJson.encode(value);
    octets[Math.floorMod(where, octets.length)] = what;
    readOrRefuse(octets);
  }

  @Property(tries = 1000)
  void anOctetMoreIsRefusedOrMakesAnotherCanonicalValue(
      @ForAll("objects") JsonValue.Obj value, @ForAll int where, @ForAll("marks") byte what) {
    byte[] octets = CanonicalJson.encode(value);
    int at = Math.floorMod(where, octets.length + 1);
    byte[] more = Arrays.copyOf(octets, octets.length + 1);
    System.arraycopy(octets, at, more, at + 1, octets.length - at);
    more[at] = what;
    readOrRefuse(more);
  }

  @Property(tries = 500)
  void aCharacterInItsLongFormIsRefusedUnlessItHasNoOther(
      @ForAll("objects") JsonValue.Obj value, @ForAll int where, @ForAll boolean upper) {
    String text = new String(CanonicalJson.encode(value), StandardCharsets.UTF_8);
    int at = Math.floorMod(where, text.length());
    String hex = String.format(upper ? "%04X" : "%04x", (int) text.charAt(at));
    String longer = text.substring(0, at) + "\\u" + hex + text.substring(at + 1);
    readOrRefuse(longer.getBytes(StandardCharsets.UTF_8));
  }

  @Provide
  Arbitrary<Byte> marks() {
    return Arbitraries.of(' ', '\n', '\t', '"', '\\', '/', ',', ':', '0', '-', '{', ']', 'u', '\0')
        .map(mark -> (byte) mark.charValue());
  }

  private static void readOrRefuse(byte[] octets) {
    try {
      JsonValue.Obj read = CanonicalJson.parse(octets);
      assertThat(CanonicalJson.encode(read)).isEqualTo(octets);
    } catch (MalformedJson expected) {
      assertThat(expected).hasMessageNotContaining("\n");
    }
  }

  @Provide
  Arbitrary<JsonValue.Obj> objects() {
    Arbitrary<JsonValue> leaf =
        Arbitraries.oneOf(
            text().map(JsonValue.Text::new),
            Arbitraries.longs()
                .between(-JsonValue.INTEGER_MAX, JsonValue.INTEGER_MAX)
                .map(JsonValue.Int::new),
            Arbitraries.of(true, false).map(JsonValue.Bool::new));
    Arbitrary<JsonValue> nested =
        Arbitraries.oneOf(
            leaf,
            leaf.list().ofMaxSize(4).map(JsonValue.Array::new),
            fields(leaf).map(JsonValue.Obj::new));
    Arbitrary<JsonValue> deep =
        Arbitraries.oneOf(
            nested, nested.list().ofMaxSize(3).map(List::copyOf).map(JsonValue.Array::new));
    return fields(deep).map(JsonValue.Obj::new);
  }

  private static Arbitrary<String> text() {
    Arbitrary<String> any =
        Arbitraries.strings()
            .withCharRange('\0', '\ud7ff')
            .withCharRange('\ue000', '\uffff')
            .ofMaxLength(12);
    // Most of what is signed is plain, and some of it is long.
    Arbitrary<String> plain = Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(200);
    return Arbitraries.oneOf(any, plain);
  }

  private static <T extends JsonValue> Arbitrary<Map<String, T>> fields(Arbitrary<T> values) {
    return Arbitraries.maps(text(), values).ofMaxSize(4);
  }
}
