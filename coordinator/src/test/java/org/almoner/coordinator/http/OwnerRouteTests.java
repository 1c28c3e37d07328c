package org.almoner.coordinator.http;

import static org.almoner.coordinator.http.LiveFace.bearer;
import static org.almoner.coordinator.http.LiveFace.problem;
import static org.almoner.coordinator.http.LiveFace.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.almoner.coordinator.desk.BatchView;
import org.almoner.coordinator.desk.StopReason;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.lease.BatchId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnerRouteTests {
  private static final String BATCH = ScriptedDesk.BATCH.toHex();
  private static final String UNITS = "/api/v1/batches/" + BATCH + "/units";
  private static final String CANCEL = "/api/v1/batches/" + BATCH + "/cancel";
  private static final JsonValue.Obj NOTHING = JsonValue.Obj.of().build();
  private static final String RESULTS = "/api/v1/batches/" + BATCH + "/results";

  @TempDir static Path folder;
  private static LiveFace face;

  @BeforeAll
  static void start() throws Exception {
    face = new LiveFace(folder);
    face.desk.owners.put("ada's-token", "Ada");
    face.desk.owners.put("bob's-token", "Bob");
    face.desk.batchOwners.put(ScriptedDesk.BATCH, "Ada");
    face.desk.batches.add(view(BatchId.parseHex("ffffffffffffffff"), "older"));
    face.desk.batches.add(view(ScriptedDesk.BATCH, "mersenne"));
  }

  @AfterAll
  static void stop() {
    face.close();
  }

  @Test
  void aBatchAndItsReleaseReachTheDesk() throws Exception {
    Envelope batch = envelope(Envelope.Kind.BATCH);
    Envelope release = envelope(Envelope.Kind.RELEASE);

    HttpResponse<byte[]> response =
        face.post(
            "/api/v1/batches",
            JsonValue.Obj.of()
                .put("batch", batch.toJson())
                .put("release", release.toJson())
                .build(),
            bearer("ada's-token"));

    assertThat(text(response)).isEqualTo("{\"batch\":\"" + BATCH + "\"}");
    assertThat(face.desk.asked)
        .containsExactly(
            new ScriptedDesk.Asked("release", release), new ScriptedDesk.Asked("submit", batch));
  }

  @Test
  void anyoneMaySeeHowBatchesStandNewestFirst() throws Exception {
    HttpResponse<byte[]> response = face.get("/api/v1/batches");
    assertThat(text(response)).startsWith("[{").contains("\"older\"").endsWith("}]");
    assertThat(text(response).indexOf("mersenne")).isLessThan(text(response).indexOf("older"));

    HttpResponse<byte[]> one = face.get("/api/v1/batches/" + BATCH);
    assertThat(text(one))
        .isEqualTo(
            "{\"accepted\":4,\"allotment\":{\"cores\":1,\"diskBytes\":1048576,"
                + "\"memoryBytes\":67108864,\"wallMs\":600000},\"batch\":\""
                + BATCH
                + "\",\"cancelled\":false,\"cpuMs\":9000,\"done\":false,\"failed\":1,\"leased\":2,"
                + "\"project\":\"mersenne\",\"purpose\":\"Find primes.\",\"rejected\":6,"
                + "\"release\":\"mersenne 1.0\",\"reported\":3,\"starter\":false,\"units\":18}");
  }

  @Test
  void aStoppedBatchSaysWhy() throws Exception {
    BatchView goesOn = view(BatchId.parseHex("00112233445566bb"), "failing");
    StopReason failing = StopReason.failing("3 of 3 units ended with exit code 7");
    face.desk.batches.add(stopped(goesOn, failing));
    assertThat(text(face.get("/api/v1/batches/" + goesOn.id().toHex())))
        .contains("\"cancelled\":false")
        .contains(
            "\"stopped\":{\"kind\":\"failing\",\"reason\":"
                + "\"its units kept failing: 3 of 3 units ended with exit code 7\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "0011223344556600,no batch 0011223344556600 is known here; GET /api/v1/batches lists them",
    "xyz,no batch can have this id: not a lowercase hexadecimal digit at position 0"
  })
  void anUnknownBatchIsNamed(String id, String sentence) throws Exception {
    for (String path :
        new String[] {"/api/v1/batches/" + id, "/api/v1/batches/" + id + "/results"}) {
      HttpResponse<byte[]> response = face.get(path, bearer("ada's-token"));
      assertThat(problem(response).status()).isEqualTo(404);
      assertThat(problem(response).detail()).isEqualTo(sentence);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ada's-token", LiveFace.OPERATOR})
  void theOwnerAndTheOperatorReadResults(String token) throws Exception {
    HttpResponse<byte[]> response = face.get(RESULTS + "?from=2&limit=2", bearer(token));
    String node = ScriptedDesk.NODE.toHex();
    assertThat(text(response))
        .isEqualTo(
            "[{\"count\":1002,\"output\":\"%1$s\",\"unit\":2},".formatted(node)
                + "{\"count\":1003,\"output\":\"%1$s\",\"unit\":3}]".formatted(node));
  }

  @Test
  void withoutLimitsTheFirstHundredResultsCome() throws Exception {
    HttpResponse<byte[]> response = face.get(RESULTS, bearer("ada's-token"));
    assertThat(((JsonValue.Array) LiveFace.json(response)).items()).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "from=-1",
        "from=x",
        "from=1000000000",
        "limit=0",
        "limit=1001",
        "limit=%00",
        "limit="
      })
  void aParameterOutOfRangeIsNamed(String query) throws Exception {
    HttpResponse<byte[]> response = face.get(RESULTS + "?" + query, bearer("ada's-token"));
    assertThat(problem(response).status()).isEqualTo(400);
    assertThat(problem(response).detail())
        .startsWith("parameter " + query.substring(0, query.indexOf('=')) + ": expected a number");
  }

  @Test
  void withoutATokenNoResultIsShown() throws Exception {
    HttpResponse<byte[]> response = face.get(RESULTS);
    assertThat(problem(response).slug()).isEqualTo("token-missing");
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    assertThat(problem(face.get(UNITS)).slug()).isEqualTo("token-missing");
    assertThat(problem(face.post(CANCEL, NOTHING)).slug()).isEqualTo("token-missing");
    assertThat(face.desk.cancelled).isEmpty();
  }

  @Test
  void aBatchIsCheckedBeforeItIsSubmitted() throws Exception {
    HttpResponse<byte[]> response =
        face.post(
            "/api/v1/batches/check",
            JsonValue.Obj.of()
                .put("batch", envelope(Envelope.Kind.BATCH).toJson())
                .put("release", envelope(Envelope.Kind.RELEASE).toJson())
                .build(),
            bearer("ada's-token"));

    assertThat(text(response))
        .isEqualTo(
            "{\"batch\":\"%s\",\"missing\":[{\"bytes\":9,\"name\":\"a.wasm\",".formatted(BATCH)
                + "\"sha256\":\"%s\"}],".formatted(ScriptedDesk.NODE.toHex())
                + "\"owner\":\"Ada\",\"submitted\":false}");
  }

  @Test
  void theOwnerLearnsWhatBecameOfEachLease() throws Exception {
    HttpResponse<byte[]> response =
        face.get(UNITS + "?from=3&limit=2&state=failed", bearer("ada's-token"));

    assertThat(text(response))
        .isEqualTo(
            "{\"next\":18,\"units\":[{\"attempts\":[{\"outcome\":\"expired\",\"replica\":0},"
                + "{\"complete\":true,\"cores\":8,\"count\":77,\"cpuMs\":800,\"exit\":3,"
                + "\"memPeakBytes\":5000,\"memoryGib\":16,\"outcome\":\"failed\",\"output\":\""
                + ScriptedDesk.NODE.toHex()
                + "\",\"replica\":1,\"tail\":[\"no such ligand\"],\"wallMs\":900},"
                + "{\"complete\":false,\"cores\":8,\"count\":77,\"cpuMs\":800,\"exit\":0,"
                + "\"fault\":\"scores.json: was not left in /out\",\"memPeakBytes\":5000,"
                + "\"memoryGib\":16,\"outcome\":\"failed\",\"output\":\""
                + ScriptedDesk.NODE.toHex()
                + "\",\"replica\":2,\"tail\":[],\"wallMs\":900}],\"state\":\"failed\",\"unit\":3}]}");
    assertThat(problem(face.get(UNITS + "?state=lost", bearer("ada's-token"))).detail())
        .isEqualTo("parameter state: expected open, accepted or failed, got lost");
    assertThat(problem(face.get(UNITS, bearer("bob's-token"))).slug()).isEqualTo("not-yours");
  }

  @Test
  void onlyTheOwnerAndTheOperatorCancelABatch() throws Exception {
    assertThat(problem(face.post(CANCEL, NOTHING, bearer("bob's-token"))).slug())
        .isEqualTo("not-yours");
    assertThat(face.desk.cancelled).isEmpty();
    assertThat(text(face.post(CANCEL, NOTHING, bearer("ada's-token"))))
        .contains("\"batch\":\"" + BATCH + "\"");
    assertThat(face.desk.cancelled).containsExactly(ScriptedDesk.BATCH);
    face.desk.cancelled.clear();
  }

  @Test
  void nobodyCancelsTheCoordinatorsOwnUnits() throws Exception {
    BatchId starters = BatchId.parseHex("ffffffffffffffff");
    face.desk.batchOwners.put(starters, "");
    String path = "/api/v1/batches/" + starters.toHex() + "/cancel";
    assertThat(problem(face.post(path, NOTHING, bearer(LiveFace.OPERATOR))).slug())
        .isEqualTo("not-yours");
    assertThat(face.desk.cancelled).isEmpty();
    face.desk.batchOwners.remove(starters);
  }

  @Test
  void aTokenNobodyHoldsOpensNothing() throws Exception {
    for (String authorization :
        new String[] {
          "Bearer wrong", "Bearer ", "Basic YWRhOg==", "ada's-token", "Bearer " + "x".repeat(300)
        }) {
      HttpResponse<byte[]> response = face.get(RESULTS, "Authorization", authorization);
      assertThat(problem(response).slug()).isEqualTo("token-unknown");
      assertThat(response.statusCode()).isEqualTo(401);
    }
  }

  @Test
  void anotherOwnersTokenIsGoodButNotForThis() throws Exception {
    HttpResponse<byte[]> response = face.get(RESULTS, bearer("bob's-token"));
    assertThat(problem(response).slug()).isEqualTo("not-yours");
    assertThat(response.statusCode()).isEqualTo(403);
  }

  private static BatchView stopped(BatchView b, StopReason reason) {
    return new BatchView(
        b.id(),
        b.project(),
        b.purpose(),
        b.release(),
        b.units(),
        b.leased(),
        b.reported(),
        b.accepted(),
        b.failed(),
        b.rejected(),
        b.cpuMs(),
        b.allotment(),
        b.starter(),
        reason);
  }

  static BatchView view(BatchId id, String project) {
    return new BatchView(
        id,
        project,
        "Find primes.",
        "mersenne 1.0",
        18,
        2,
        3,
        4,
        1,
        6,
        9_000,
        ScriptedDesk.ALLOTMENT,
        false,
        StopReason.NONE);
  }

  private static Envelope envelope(Envelope.Kind kind) {
    return Envelope.sign(kind, JsonValue.Obj.of().put("a", 1).build(), ScriptedDesk.key(3));
  }
}
