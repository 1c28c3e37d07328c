package org.almoner.protocol.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.BadSignature;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonParser;
import org.almoner.protocol.json.MalformedJson;
import org.junit.jupiter.api.Test;

class UsageReportTests {
  private static final UsageReport FIRST = Samples.report(0, Hash.ZERO);

  @Test
  void aReportSurvivesARoundTrip() throws Exception {
    UsageReport second = Samples.report(1, Hash.sha256(new byte[] {9}));
    assertThat(UsageReport.parse(JsonFields.of(FIRST.toJson()))).isEqualTo(FIRST);
    assertThat(UsageReport.parse(JsonFields.of(second.toJson()))).isEqualTo(second);
  }

  @Test
  void onlyTheAgentsOwnKeyMakesAVerifiedReport() throws Exception {
    Envelope own = Envelope.sign(Envelope.Kind.USAGE_REPORT, FIRST.toJson(), Samples.KEY);
    assertThat(VerifiedReport.of(own).report()).isEqualTo(FIRST);

    byte[] seed = new byte[32];
    seed[0] = 1;
    Envelope foreign =
        Envelope.sign(Envelope.Kind.USAGE_REPORT, FIRST.toJson(), SigningKey.of(seed));
    assertThatThrownBy(() -> VerifiedReport.of(foreign))
        .isInstanceOf(BadSignature.class)
        .hasMessageContaining("was signed by another key");
  }

  @Test
  void everyImpossibleFieldIsNamed() {
    refused("\"seq\":0", "\"seq\":-1", "field \"seq\": expected 0 to");
    refused("\"seq\":0", "\"seq\":3", "field \"prev\": is all zeros in the first report");
    refused("\"cpuMs\":2400", "\"cpuMs\":-5", "field \"lines[0].cpuMs\": expected 0 to");
    refused("\"cpuMs\":2400", "\"cpuMs\":\"2400\"", "expected an integer, got a string");
    refused("\"endMs\":1700000002500", "\"endMs\":1699999999999", "lies before startMs");
    refused("\"memMeanBytes\":80000000", "\"memMeanBytes\":90000001", "exceeds memPeakBytes");
    refused("\"tier\":\"M2\"", "\"tier\":\"M5\"", "expected M1, M2, M3 or M4, got M5");
    refused("\"exit\":0", "\"exit\":257", "field \"lines[0].exit\": expected 0 to 256, got 257");
    refused("\"replica\":1", "\"replica\":16", "expected 0 to 15, got 16");
    refused("\"unit\":1", "\"unit\":0", "has two lines in one report");
    refused("\"joules\":61,", "\"joules\":61,\"kwh\":1,", "unknown field \"lines[0].energy.kwh\"");
    refused("\"origin\":\"log.example/2026\",", "", "field \"origin\" is missing");
  }

  @Test
  void aReportHasAtLeastOneLineAndAtMostSixtyFour() {
    String empty = text().replaceFirst("\"lines\":\\[.*\\]", "\"lines\":[]");
    assertThatThrownBy(() -> parse(empty)).hasMessageContaining("expected 1 to 64 items, got 0");
    List<UsageLine> lines =
        java.util.stream.LongStream.range(0, 65).mapToObj(Samples::line).toList();
    UsageReport large = new UsageReport("o", Samples.AGENT, 0, Hash.ZERO, lines);
    assertThatThrownBy(() -> UsageReport.parse(JsonFields.of(large.toJson())))
        .hasMessageContaining("expected 1 to 64 items, got 65");
  }

  @Test
  void theLargestReportFitsAnEnvelope() {
    List<UsageLine> lines =
        java.util.stream.LongStream.range(0, 64).mapToObj(Samples::line).toList();
    UsageReport large = new UsageReport("o", Samples.AGENT, 0, Hash.ZERO, lines);
    assertThat(CanonicalJson.encode(large.toJson()).length)
        .isLessThan(Envelope.PAYLOAD_BYTES_MAX / 2);
  }

  private static void refused(String part, String replacement, String sentence) {
    String changed = text().replaceFirst(java.util.regex.Pattern.quote(part), replacement);
    assertThat(changed).isNotEqualTo(text());
    assertThatThrownBy(() -> parse(changed))
        .isInstanceOf(MalformedJson.class)
        .hasMessageContaining(sentence);
  }

  private static String text() {
    return new String(CanonicalJson.encode(FIRST.toJson()), StandardCharsets.UTF_8);
  }

  private static UsageReport parse(String text) throws MalformedJson {
    return UsageReport.parse(
        JsonFields.of(JsonParser.parseObject(text.getBytes(StandardCharsets.UTF_8))));
  }
}
