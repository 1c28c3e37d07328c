package org.almoner.protocol.usage;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.MalformedJson;

class UsageReportProperties {
  @Property(tries = 3000)
  void aChangedOctetIsRefusedOrReadsAsAnotherReport(
      @ForAll @IntRange(max = 100_000) int where, @ForAll byte what) {
    byte[] octets = CanonicalJson.encode(Samples.report(0, Hash.ZERO).toJson());
    octets[where % octets.length] = what;
    try {
      UsageReport read = UsageReport.parse(JsonFields.of(CanonicalJson.parse(octets)));
      assertThat(CanonicalJson.encode(read.toJson())).isEqualTo(octets);
    } catch (MalformedJson expected) {
      assertThat(expected).hasMessageNotContaining("\n");
    }
  }
}
