package org.almoner.tax.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTableTests {
  private static CsvTable parse(String text) throws MalformedCsv {
    return CsvTable.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void quotesSeparatorsAndLineEndsInsideACellArePartOfIt() throws Exception {
    CsvTable table = parse("a,b\r\n\"x, \"\"y\"\"\nz\",2\r\n3,4\n\n");

    assertThat(table.rows().get(0).cells()).containsExactly("x, \"y\"\nz", "2");
    assertThat(table.rows().get(1)).isEqualTo(new CsvRow(4, List.of("3", "4")));
  }

  @Test
  void semicolonsAndTabulatorsAreFoundFromTheHeader() throws Exception {
    assertThat(parse("a;b\n1,5;2").rows().get(0).cells()).containsExactly("1,5", "2");
    assertThat(parse("a\tb\n1\t2").rows().get(0).cells()).containsExactly("1", "2");
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFirstName() throws Exception {
    assertThat(parse("\uFEFFtime,kWh\n1,2").find("TIME")).hasValue(0);
  }

  @Test
  void whatIsWrongIsNamedWithItsLine() {
    assertThatThrownBy(() -> parse("a,b\n1,2\n3\n"))
        .hasMessage("line 3: has 1 cells; the header names 2 columns");
    assertThatThrownBy(() -> parse("a,A\n")).hasMessage("line 1: two columns are named A");
    assertThatThrownBy(() -> parse("a,,c\n")).hasMessage("line 1: column 2 has no name");
    assertThatThrownBy(() -> parse("a\n\"x\ny\n"))
        .hasMessage("line 2: a quote is opened and never closed");
    assertThatThrownBy(() -> parse("a\n\"x\"y\n")).hasMessageContaining("line 2: \"y\" follows");
    assertThatThrownBy(() -> parse("a,b\n\n1,2\n"))
        .hasMessage("line 2: is empty, and more lines follow");
    assertThatThrownBy(() -> CsvTable.parse(new byte[] {'a', '\n', (byte) 0xE4}))
        .hasMessageContaining("not UTF-8");
    assertThatThrownBy(() -> parse("")).hasMessageContaining("the file is empty");
  }

  @Test
  void whatIsWrittenIsReadAgainAndNeverRunAsAFormula() throws Exception {
    byte[] octets =
        new CsvText()
            .line(List.of("bill", "amount"))
            .line(List.of("=1+2, \"x\"", "-1.50"))
            .octets();

    assertThat(CsvTable.parse(octets).rows().get(0).cells())
        .containsExactly("'=1+2, \"x\"", "-1.50");
  }
}
