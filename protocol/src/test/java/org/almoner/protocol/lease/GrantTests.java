package org.almoner.protocol.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonParser;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrantTests {
  private static final BatchId BATCH = BatchId.parseHex("00112233445566aa");
  private static final Hash DIGEST = Hash.sha256(new byte[0]);
  private static final Allotment ALLOTMENT = new Allotment(1, 64 << 20, 10 << 20, 600_000);
  private static final Work WORK =
      new Work(
          BATCH,
          "mersenne-exponents",
          "Find primes.",
          DIGEST,
          "mersenne 1.0",
          new Program.Wasm(new BlobRef("mersenne.wasm", DIGEST, 12_345), List.of()),
          ALLOTMENT,
          List.of(new BlobRef("data/a.txt", DIGEST, 1)),
          List.of("mersenne.txt"));
  private static final Grant GRANT =
      new Grant(
          "log.example/2026",
          new AgentId(DIGEST),
          1,
          2,
          "almoner-meter/1",
          List.of(WORK),
          List.of(new Lease(new LeaseId(BATCH, 3, 0), List.of("1", "250"), List.of())));

  @Test
  void aGrantSurvivesARoundTrip() throws Exception {
    assertThat(Grant.parse(JsonFields.of(GRANT.toJson()))).isEqualTo(GRANT);
    assertThat(GRANT.workOf(new LeaseId(BATCH, 3, 0))).isEqualTo(WORK);
  }

  @Test
  void everyFaultIsNamed() {
    refused("\"cores\":1", "\"cores\":0", "field \"work[0].allotment.cores\": expected 1 to 256");
    refused("67108864", "67108865", "expected a multiple of 65536, got 67108865");
    refused("data/a.txt", "../a.txt", "expected a plain relative path, got ../a.txt");
    refused("\"unit\":3", "\"unit\":1000000000", "expected 0 to 999999999");
    refused("{\"args\"", "{\"batch\":\"00112233445566ab\",\"args\"", "appears twice");
    refused("\"wallMs\":600000", "\"wallMs\":999", "expected 1000 to 86400000, got 999");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/a", "a/", "a//b", ".", "..", "a/../b", "a\\b", "a b", "ä", "a\0"})
  void aNameThatCouldLeaveItsFolderIsUnsafe(String name) {
    assertThat(BlobRef.safeName(name)).isFalse();
    assertThatThrownBy(() -> new BlobRef(name, DIGEST, 1)).hasMessageContaining("relative path");
  }

  @Test
  void aLeaseRequestSurvivesARoundTrip() throws Exception {
    Bytes id = Bytes.of(new byte[LeaseRequest.ID_SIZE]);
    LeaseRequest request =
        new LeaseRequest("log.example/2026", new AgentId(DIGEST), id, 10, 2, 1 << 30, 1 << 20);
    assertThat(LeaseRequest.parse(JsonFields.of(request.toJson()))).isEqualTo(request);
    LeaseRequest full =
        new LeaseRequest(
            "log.example/2026",
            new AgentId(DIGEST),
            id,
            10,
            2,
            1 << 30,
            1 << 20,
            3_600,
            "almoner-meter/1",
            List.of(DIGEST),
            List.of(Engine.FAST, Engine.NATIVE),
            List.of(new Platform("linux-x86_64")));
    assertThat(LeaseRequest.parse(JsonFields.of(full.toJson()))).isEqualTo(full);
  }

  @Test
  void aLeaseMayWishForAnEngine() throws Exception {
    for (List<Engine> wish : List.of(List.<Engine>of(), List.of(Engine.PORTABLE))) {
      Lease lease = new Lease(new LeaseId(BATCH, 3, 1), List.of("x"), List.of(), wish);
      assertThat(Lease.parse(JsonFields.of(lease.toJson()))).isEqualTo(lease);
    }
    JsonValue.Obj odd =
        new LeaseId(BATCH, 3, 1)
            .writeTo(JsonValue.Obj.of())
            .putTexts("args", List.of())
            .put("inputs", List.<JsonValue>of())
            .put("engine", "steam")
            .build();
    assertThatThrownBy(() -> Lease.parse(JsonFields.of(odd)))
        .hasMessage("field \"engine\": expected portable, fast or native, got steam");
  }

  @Test
  void whoAsksTwiceWithOneEngineIsToldSo() throws Exception {
    Bytes id = Bytes.of(new byte[LeaseRequest.ID_SIZE]);
    LeaseRequest request =
        new LeaseRequest(
            "log.example/2026",
            new AgentId(DIGEST),
            id,
            10,
            2,
            1 << 30,
            1 << 20,
            0,
            "",
            List.of(),
            List.of(Engine.FAST, Engine.FAST),
            List.of());
    assertThatThrownBy(() -> LeaseRequest.parse(JsonFields.of(request.toJson())))
        .hasMessage("field \"engines\": fast stands twice");
  }

  @Test
  void anUploadSurvivesARoundTripAndNamesABlobOfAllowedSize() throws Exception {
    Upload upload = new Upload("log.example/2026", new AgentId(DIGEST), DIGEST, 1 << 20);
    assertThat(Upload.parse(JsonFields.of(upload.toJson()))).isEqualTo(upload);
    Upload huge = new Upload("log.example/2026", new AgentId(DIGEST), DIGEST, (1L << 30) + 1);
    assertThatThrownBy(() -> Upload.parse(JsonFields.of(huge.toJson())))
        .isInstanceOf(MalformedJson.class)
        .hasMessage("field \"bytes\": expected 0 to 1073741824, got 1073741825");
  }

  private static void refused(String part, String replacement, String sentence) {
    String text = new String(CanonicalJson.encode(GRANT.toJson()), StandardCharsets.UTF_8);
    String changed = text.replace(part, replacement);
    assertThat(changed).isNotEqualTo(text);
    assertThatThrownBy(
            () ->
                Grant.parse(
                    JsonFields.of(
                        JsonParser.parseObject(changed.getBytes(StandardCharsets.UTF_8)))))
        .isInstanceOf(MalformedJson.class)
        .hasMessageContaining(sentence);
  }
}
