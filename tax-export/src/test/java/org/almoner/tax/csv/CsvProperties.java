package org.almoner.tax.csv;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class CsvProperties {
  @Property(tries = 300)
  void anyTextIsReadOrRefusedWithItsLine(
      @ForAll @StringLength(max = 60) @AlphaChars @Chars({',', ';', '"', '\n', '\r', ' '})
          String text) {
    try {
      CsvTable table = CsvTable.parse(text.getBytes(StandardCharsets.UTF_8));
      assert table.rows().stream().allMatch(row -> row.cells().size() == table.header().size());
    } catch (MalformedCsv expected) {
      assert expected.getMessage().startsWith("line ");
    }
  }

  @Property(tries = 200)
  void anyOctetsAreReadOrRefused(@ForAll @Size(max = 100) byte[] octets) {
    try {
      CsvTable.parse(octets);
    } catch (MalformedCsv expected) {
      assert expected.getMessage().startsWith("line ");
    }
  }

  @Property(tries = 200)
  void whatIsWrittenIsReadAgain(
      @ForAll @Size(min = 2, max = 2)
          List<@AlphaChars @Chars({',', '"', '\n'}) @StringLength(max = 9) String> cells)
      throws MalformedCsv {
    byte[] octets = new CsvText().line(List.of("a", "b")).line(cells).octets();

    assert CsvTable.parse(octets).rows().get(0).cells().equals(cells);
  }
}
