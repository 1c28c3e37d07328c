package org.almoner.workload.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.result.BundleLimits;
import org.almoner.protocol.result.BundlePath;
import org.almoner.protocol.result.BundleReader;
import org.almoner.protocol.result.OutputBundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComparisonTests {
  private static final Comparison ALL =
      new Comparison(
          List.of(
              new FileComparison("a.json", Form.JSON, List.of()),
              new FileComparison("b.csv", Form.CSV, List.of()),
              new FileComparison(
                  "c.csv", Form.NUMBERS, List.of(Tolerance.TEXT, Tolerance.parse("0.01"))),
              new FileComparison("d.txt", Form.NUMBERS, List.of(Tolerance.parse("1e-3 relative")))),
          true);

  private static ComparedOutput compare(Comparison comparison, String... namesAndContents)
      throws Exception {
    List<OutputBundle.OutputFile> files =
        Stream.iterate(0, i -> i < namesAndContents.length, i -> i + 2)
            .map(
                i ->
                    new OutputBundle.OutputFile(
                        new BundlePath(namesAndContents[i]), Bytes.utf8(namesAndContents[i + 1])))
            .toList();
    byte[] octets = new OutputBundle(files).encode();
    OutputComparer comparer = new OutputComparer(comparison, octets.length);
    BundleReader.read(
        new ByteArrayInputStream(octets), BundleLimits.ofOctets(octets.length), comparer);
    return comparer.finish();
  }

  private static ComparedOutput json(String text) throws Exception {
    return compare(ALL, "a.json", text);
  }

  private static ComparedOutput csv(String text) throws Exception {
    return compare(ALL, "b.csv", text);
  }

  private static boolean columnsAgree(String one, String other) throws Exception {
    return compare(ALL, "c.csv", one).numbers().agreeWith(compare(ALL, "c.csv", other).numbers());
  }

  private static boolean blanksAgree(String one, String other) throws Exception {
    return compare(ALL, "d.txt", one).numbers().agreeWith(compare(ALL, "d.txt", other).numbers());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"b\":[1,2.50,null],\"a\":\"x/\\u00e9\"}",
        " {\"a\" : \"x\\/\u00e9\" ,\n \"b\" : [ 1.0 , 25e-1 , null ] }\n",
        "\uFEFF{\"a\":\"\\u0078/\u00e9\",\"b\":[10e-1,0.25E1,null]}"
      })
  void oneJsonValueHasOneDigestHoweverItIsSpelt(String text) throws Exception {
    assertThat(json(text).fault()).isEmpty();
    assertThat(json(text).digest()).isEqualTo(json("{\"a\":\"x/é\",\"b\":[1,2.5,null]}").digest());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":\"x/é\",\"b\":[1,2.5000001,null]}",
        "{\"a\":\"x/é\",\"b\":[2.5,1,null]}",
        "{\"a\":\"x/é\",\"b\":[1,2.5]}",
        "{\"a\":\"x/é\",\"b\":[1,\"2.5\",null]}"
      })
  void anotherJsonValueHasAnotherDigest(String text) throws Exception {
    assertThat(json(text).digest())
        .isNotEqualTo(json("{\"a\":\"x/é\",\"b\":[1,2.5,null]}").digest());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`{\"b\":1.50,\"a\":[]}`,`{\"a\":[],\"b\":15e-1}`",
        "`[100,0.001,-0.0,0e9,12,1E+2]`,`[1e2,1e-3,0,0,12,1e2]`",
        "`\"\\u000f\\n\\\"\\/\"`,`\"\\u000f\\n\\\"/\"`",
        "`{\"€\":1,\"\\r\":2,\"1\":3}`,`{\"\\r\":2,\"1\":3,\"€\":1}`"
      })
  void theCanonicalJsonIsAsTheSpecificationSays(String text, String canonical) throws Exception {
    assertThat(JsonForm.of(text)).isEqualTo(canonical);
    assertThat(JsonForm.of(canonical)).isEqualTo(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[1,]",
        "{\"a\":1,\"a\":2}",
        "01",
        "+1",
        ".5",
        "1.",
        "1e",
        "NaN",
        "nul",
        "\"\\x\"",
        "\"\\ud800\"",
        "\"\t\"",
        "1 2",
        "{a:1}",
        "1e401",
        "'a'",
        "\"\\uD83G\""
      })
  void whatIsNoJsonIsNamed(String text) throws Exception {
    assertThat(json(text).fault().orElseThrow()).startsWith("a.json: is no JSON");
  }

  @Test
  void jsonThatIsNestedTooDeepIsNamed() throws Exception {
    assertThat(json("[".repeat(64) + "]".repeat(64)).fault()).isEmpty();
    assertThat(json("[".repeat(65) + "]".repeat(65)).fault().orElseThrow()).contains("deeper");
    assertThat(json("[".repeat(10_000)).fault().orElseThrow()).contains("deeper");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,b\r\n1,\"x\"\"y\"\r\n",
        "a,b\n1,\"x\"\"y\"",
        "\uFEFF\"a\",\"b\"\n\"1\",\"x\"\"y\"\n"
      })
  void oneTableHasOneDigestHoweverItIsQuoted(String text) throws Exception {
    assertThat(csv(text).fault()).isEmpty();
    assertThat(csv(text).digest()).isEqualTo(csv("a,b\n1,\"x\"\"y\"\n").digest());
    assertThat(CsvForm.of("a,b\r\n1,\"x\"\"y\"")).isEqualTo("\"a\",\"b\"\n\"1\",\"x\"\"y\"\n");
    String ends = "\"a\r\r\nb\rc\r\n\"";
    assertThat(CsvForm.of(ends)).isEqualTo("\"a\nb\rc\n\"\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,b\n1,x\"y\n", "a\rb", "\"a\"b", "\"a", "a\u0000"})
  void whatIsNoCsvIsNamed(String text) throws Exception {
    assertThat(csv(text).fault().orElseThrow()).startsWith("b.csv: ");
  }

  @Test
  void anotherTableHasAnotherDigest() throws Exception {
    assertThat(csv("a,b\n1,2").digest()).isNotEqualTo(csv("a,b\n1,2.0").digest());
    assertThat(csv("a,b").digest()).isNotEqualTo(csv("a\nb").digest());
    assertThat(csv("\"a,b\"").digest()).isNotEqualTo(csv("a,b").digest());
    assertThat(csv("a").digest()).isNotEqualTo(csv("a\n\n").digest());
  }

  @Test
  void numbersMayDifferByAsMuchAsTheirColumnAllows() throws Exception {
    assertThat(columnsAgree("x,1.00\ny,2\n", "x,1.01\r\ny,1.990\r\n")).isTrue();
    assertThat(columnsAgree("x,1.00", "x,1.0101")).isFalse();
    assertThat(columnsAgree("x,1", "z,1")).isFalse();
    assertThat(columnsAgree("1.0,1", "1,1")).as("a column of text").isFalse();
    assertThat(columnsAgree("x,1,5", "x,1,5.01")).as("the last holds for those behind").isTrue();
    assertThat(columnsAgree("x,1", "x,1\nx,1")).isFalse();
    assertThat(columnsAgree("x,1", "x,1,1")).isFalse();
    assertThat(columnsAgree("name,energy\nx,1", "name,energy\nx,1")).isTrue();
    assertThat(columnsAgree("x,NaN", "x,NaN")).isTrue();
    assertThat(columnsAgree("x,NaN", "x,1")).isFalse();
  }

  @Test
  void relativeTolerancesGrowWithTheNumbers() throws Exception {
    assertThat(blanksAgree(" 1000\t-1000\n\n", "1001 -999\n")).isTrue();
    assertThat(blanksAgree("1000", "1001.1")).isFalse();
    assertThat(blanksAgree("1e300 0", "1.001e300 0")).isTrue();
    assertThat(blanksAgree("0", "1e-30")).isFalse();
    assertThat(blanksAgree(".5 5. +5", "0.5 5 5")).isTrue();
  }

  @Test
  void withinToleranceIsNotTransitive() throws Exception {
    assertThat(columnsAgree("x,1.00", "x,1.01")).isTrue();
    assertThat(columnsAgree("x,1.01", "x,1.02")).isTrue();
    assertThat(columnsAgree("x,1.00", "x,1.02")).isFalse();
  }

  @Test
  void whatIsNotNumbersHasToBeTheSame() throws Exception {
    assertThat(compare(ALL, "c.csv", "x,1", "other.bin", "1").digest())
        .isEqualTo(compare(ALL, "c.csv", "x,2", "other.bin", "1").digest())
        .isNotEqualTo(compare(ALL, "c.csv", "x,1", "other.bin", "2").digest())
        .isNotEqualTo(compare(ALL, "c.csv", "x,1", "other.txt", "1").digest());
  }

  @Test
  void anOutputTooLargeForNumbersIsToldSo() throws Exception {
    ComparedOutput large = compare(ALL, "c.csv", "x,1\n".repeat(4_096));
    assertThat(large.fault().orElseThrow()).startsWith("c.csv: numbers").contains("16384");
    assertThat(compare(ALL, "c.csv", "x,1\n".repeat(4_000)).fault()).isEmpty();
  }

  @Test
  void theComparisonDigestIsWhatTheSpecificationSays() throws Exception {
    assertThat(json("{ \"a\": 1.0 }").digest().toHex())
        .as("the example in docs/spec/batch.md")
        .isEqualTo("2de195cc8338adfb7b2e632e420832e62301bb233e7a24a89de1c474daab7e00");
  }

  @ParameterizedTest
  @CsvSource({
    "text,text",
    "0,0",
    "0.0010,0.001",
    "1e-6 relative,0.000001 relative",
    "0.001 + 1e-6 relative,0.001 + 0.000001 relative",
    "1e3,1000"
  })
  void tolerancesAreRead(String spelt, String told) {
    assertThat(Tolerance.parse(spelt)).hasToString(told);
    assertThat(Tolerance.parse(told)).isEqualTo(Tolerance.parse(spelt));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "+",
        "0.1 +",
        "0.1 + ",
        "-1",
        "1e99",
        "2 relative",
        "0.1 0.1",
        "1e-31",
        "exact"
      })
  void whatIsNoToleranceIsRefused(String spelt) {
    assertThatThrownBy(() -> Tolerance.parse(spelt)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsWrittenIsRead() throws Exception {
    assertThat(Comparison.parse(JsonFields.of(ALL.toJson()))).isEqualTo(ALL);
    Comparison any = new Comparison(ALL.files(), false);
    assertThat(Comparison.parse(JsonFields.of(any.toJson()))).isEqualTo(any);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"count\":\"exact\",\"files\":[]}",
        "{\"count\":\"some\",\"files\":[{\"as\":\"json\",\"name\":\"a\"}]}",
        "{\"count\":\"exact\",\"files\":[{\"as\":\"bytes\",\"name\":\"a\"}]}",
        "{\"count\":\"exact\",\"files\":[{\"as\":\"numbers\",\"name\":\"a\"}]}",
        "{\"count\":\"exact\",\"files\":[{\"as\":\"json\",\"columns\":[{}],\"name\":\"a\"}]}",
        "{\"count\":\"exact\",\"files\":[{\"as\":\"json\",\"name\":\"b\"},{\"as\":\"csv\",\"name\":\"a\"}]}",
        "{\"count\":\"exact\",\"files\":[{\"as\":\"json\",\"name\":\"a\"},{\"as\":\"csv\",\"name\":\"a\"}]}",
        "{\"count\":\"exact\",\"files\":[{\"as\":\"numbers\",\"columns\":[{\"absolute\":\"0.10\",\"relative\":\"0\"}],\"name\":\"a\"}]}",
        "{\"count\":\"exact\",\"files\":[{\"as\":\"numbers\",\"columns\":[{\"absolute\":\"0\"}],\"name\":\"a\"}]}",
        "{\"count\":\"exact\",\"files\":[{\"as\":\"numbers\",\"columns\":[{\"absolute\":\"0\",\"relative\":\"2\"}],\"name\":\"a\"}]}"
      })
  void aFieldThatMeansNothingIsRefused(String text) {
    assertThatThrownBy(
            () ->
                Comparison.parse(
                    JsonFields.of(CanonicalJson.parse(text.getBytes(StandardCharsets.UTF_8)))))
        .isInstanceOf(MalformedJson.class);
  }
}
