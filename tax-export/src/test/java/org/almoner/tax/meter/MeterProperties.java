package org.almoner.tax.meter;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.almoner.tax.csv.MalformedCsv;

class MeterProperties {
  private static final String EXPORT =
      "ts,total_kwh\n1772323200,10.0\n1772326800,10.1\n1772330400,0.02\n1772334000,0.12\n";

  @Property(tries = 300)
  void aChangedExportIsReadOrRefusedWithItsLine(
      @ForAll @IntRange(max = 80) int at, @ForAll @Size(max = 4) byte[] put) {
    byte[] export = EXPORT.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(put, 0, export, Math.min(at, export.length - put.length), put.length);
    try {
      PlugExport.read(export, PlugQuestion.NONE);
    } catch (MalformedCsv expected) {
      assert expected.getMessage().startsWith("line ");
    }
  }

  @Property(tries = 200)
  void noEnergyIsMadeFromACounter(
      @ForAll @Size(min = 2, max = 20) List<@LongRange(min = 0, max = 900) Long> steps)
      throws MalformedCsv {
    StringBuilder export = new StringBuilder("ts,counter_wh\n");
    long counter = 0;
    for (int i = 0; i < steps.size(); i++) {
      counter += steps.get(i);
      export.append(1_772_323_200L + 3_600L * i).append(',').append(counter).append('\n');
    }
    PlugExport read =
        PlugExport.read(export.toString().getBytes(StandardCharsets.UTF_8), PlugQuestion.NONE);
    long sum = read.readings().intervals().stream().mapToLong(MeterInterval::millijoules).sum();

    assert sum == (counter - steps.get(0)) * MeterInterval.MILLIJOULES_PER_WH;
  }
}
