package org.almoner.workload.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.workload.batch.BatchPlan;
import org.almoner.workload.batch.BatchUnits;
import org.almoner.workload.batch.TableUnits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableTextTest {
  private static TableUnits read(String text) throws Unusable {
    return TableText.read("units.csv", text.getBytes(StandardCharsets.UTF_8));
  }

  private static String refusal(String text) {
    Unusable refused = catchThrowableOfType(Unusable.class, () -> read(text));
    assertThat(refused).as(text).isNotNull();
    return refused.getMessage();
  }

  @Test
  void eachRowIsAUnitAndItsColumnsFillTheArguments() throws Exception {
    TableUnits table = read("\uFEFFalpha,beta\r\n1,two words\r\n\"3,5\",\"say \"\"hi\"\"\"\n,\n");
    BatchPlan plan = BatchPlan.of(table, List.of("--a={alpha}", "{beta}", "{index}"));
    assertThat(plan.count()).isEqualTo(3);
    assertThat(plan.unit(0).args()).containsExactly("--a=1", "two words", "0");
    assertThat(plan.unit(1).args()).containsExactly("--a=3,5", "say \"hi\"", "1");
    assertThat(plan.unit(2).args()).containsExactly("--a=", "", "2");
    assertThat(plan.unit(2).inputs()).isEmpty();
  }

  @Test
  void aTableTravelsInTheBatchAndComesBackTheSame() throws Exception {
    TableUnits table = read("a,b\n1,x\n2,\u00e9\n");
    byte[] octets = CanonicalJson.encode(table.toJson());
    assertThat(new String(octets, StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"table\":{\"columns\":[\"a\",\"b\"],\"rows\":[[\"1\",\"x\"],[\"2\",\"\u00e9\"]]}}");
    assertThat(BatchUnits.parse(JsonFields.of(CanonicalJson.parse(octets)))).isEqualTo(table);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a,b~1~| units.csv:2:1 has 1 values; the first line names 2 columns",
        "a~x\"y~| units.csv:2:2 has a quote inside a value: quote the whole value and double the quote",
        "a~\"x~| units.csv:2:3 has a value whose quote is not closed on its line",
        "a,b~1,\"x\"y~| units.csv:2:6 has a value goes on after its closing quote: put a comma there",
        "a~| units.csv: a table has 1 to 5000 rows; this one has 0: make several workloads of them",
        "a,a~1,2~| units.csv: column a stands twice",
        "index~1~| units.csv: column \"index\" is not named by a small letter and up to 31 letters, digits and _, other than index",
        "''| units.csv: column \"\" is not named by a small letter and up to 31 letters, digits and _, other than index"
      })
  void whatIsNoTableIsNamedWithLineAndColumn(String text, String sentence) {
    assertThat(refusal(text.replace('~', '\n'))).isEqualTo(sentence);
  }

  @Test
  void aTableBeyondWhatIsSignedIsRefused() {
    assertThat(refusal("a\n" + ("x".repeat(201) + "\n"))).contains("at most 200 characters");
    assertThat(refusal("a\n" + ("x".repeat(150) + "\n").repeat(2_000)))
        .contains("at most 200000 are signed");
    assertThat(refusal("a\n" + "1\n".repeat(5_001))).contains("1 to 5000 rows");
    assertThat(refusal("a\n" + "1\n".repeat(600_000))).contains("more than 1048576 octets");
    assertThat(refusal("a\n\u0000\n")).contains("holds a NUL");
  }

  @Test
  void anArgumentThatAsksForNoColumnIsNamedWithWhatThereIs() throws Exception {
    TableUnits table = read("a,b\n1,x\n");
    assertThat(
            catchThrowableOfType(
                IllegalArgumentException.class, () -> BatchPlan.of(table, List.of("{c}"))))
        .hasMessageContaining("{c}")
        .hasMessageContaining("a, b, index");
  }

  @Test
  void whateverStandsInAFileEndsInATableOrInASentence() {
    Random random = new Random(20261120);
    String letters = "a1,\"\n\r\u00e9 ";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder("a,b\n");
      for (int n = random.nextInt(20); n > 0; n--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      try {
        TableUnits table = read(text.toString());
        assertThat(table.rows()).allMatch(row -> row.size() == 2);
      } catch (Unusable e) {
        assertThat(e.getMessage()).startsWith("units.csv");
      }
    }
  }
}
