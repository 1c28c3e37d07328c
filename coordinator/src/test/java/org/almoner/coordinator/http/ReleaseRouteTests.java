package org.almoner.coordinator.http;

import static org.almoner.coordinator.http.LiveFace.bearer;
import static org.almoner.coordinator.http.LiveFace.problem;
import static org.almoner.coordinator.http.LiveFace.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.almoner.coordinator.desk.Rebuilt;
import org.almoner.coordinator.desk.Recalled;
import org.almoner.coordinator.desk.ReleaseView;
import org.almoner.coordinator.desk.TokenView;
import org.almoner.protocol.access.Scope;
import org.almoner.protocol.access.TokenRequest;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.lease.BlobRef;
import org.almoner.protocol.release.Recall;
import org.almoner.protocol.release.Release;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The routes of releases and tokens, and what each of an owner's routes asks of a token. */
class ReleaseRouteTests {
  private static final String BATCH = ScriptedDesk.BATCH.toHex();
  private static final Release RELEASE =
      new Release(
          "mersenne",
          "1.0",
          "MIT",
          "https://example.org/mersenne",
          "0".repeat(40),
          "clang 14",
          new BlobRef("mersenne.wasm", ScriptedDesk.NODE, 9),
          List.of());
  private static final Envelope SIGNED =
      Envelope.sign(Envelope.Kind.RELEASE, RELEASE.toJson(), ScriptedDesk.key(5));
  private static final String PATH = "/api/v1/releases/" + SIGNED.digest();

  /** The release of the scripted batch, with what became of it. */
  static ReleaseView view(List<Recalled> recalled, List<Rebuilt> rebuilt) {
    return new ReleaseView("Ada", SIGNED, RELEASE, 7, recalled, rebuilt);
  }

  @TempDir static Path folder;
  private static LiveFace face;

  @BeforeAll
  static void start() throws Exception {
    face = new LiveFace(folder);
    for (Scope scope : Scope.values()) {
      face.desk.owners.put(scope.word(), "Ada");
      face.desk.scopes.put(scope.word(), Set.of(scope));
    }
    face.desk.owners.put("bob", "Bob");
    face.desk.expired.put("late", "the token \"late\" opened what it opens until 2026");
    face.desk.batchOwners.put(ScriptedDesk.BATCH, "Ada");
    face.desk.ownersByKey.put(ScriptedDesk.key(5).publicKey(), "Ada");
    face.desk.batches.add(OwnerRouteTests.view(ScriptedDesk.BATCH, "mersenne"));
    face.desk.releases.add(
        new ReleaseView(
            "Ada",
            SIGNED,
            RELEASE,
            7,
            List.of(new Recalled(true, "It is wrong.", 9, 1_000)),
            List.of(
                new Rebuilt(
                    Rebuilt.Found.REPRODUCIBLE, true, "clang 14", LocalDate.of(2026, 11, 20)))));
    face.desk.unitOutputs.put(2L, ScriptedDesk.NODE);
    face.desk.inlineOutputs.put(
        ScriptedDesk.NODE, org.almoner.protocol.bytes.Bytes.utf8("an output"));
  }

  @AfterAll
  static void stop() {
    face.close();
  }

  /** Each of an owner's routes with the one scope that opens it. */
  @ParameterizedTest
  @CsvSource({
    "POST, /api/v1/batches, submit",
    "POST, /api/v1/batches/check, submit",
    "PUT, /api/v1/blobs/$blob, submit",
    "POST, /api/v1/batches/$batch/cancel, manage",
    "GET, /api/v1/batches/$batch/units, read",
    "GET, /api/v1/batches/$batch/results, read",
    "GET, /api/v1/outputs/$output?batch=$batch&unit=2, read"
  })
  void aRouteIsOpenedByItsScopeAndByNoOther(String method, String path, String needed)
      throws Exception {
    for (Scope scope : Scope.values()) {
      HttpResponse<byte[]> response = ask(method, path, scope.word());
      if (scope.word().equals(needed)) {
        assertThat(response.statusCode()).as(scope.word()).isBetween(200, 204);
      } else {
        assertThat(problem(response).slug()).as(scope.word()).isEqualTo("scope-missing");
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(problem(response).detail())
            .isEqualTo(
                "the token \"ci\" opens %s, and this needs %s; make one that opens it with"
                        .formatted(scope.word(), needed)
                    + " 'almoner owners token create --scope %s'".formatted(needed));
      }
    }
    assertThat(problem(ask(method, path, "late")).slug()).isEqualTo("token-expired");
    assertThat(problem(ask(method, path, "nobody's")).slug()).isEqualTo("token-unknown");
    assertThat(ask(method, path, LiveFace.OPERATOR).statusCode()).isBetween(200, 204);
    if (!path.contains("blobs")) {
      assertThat(problem(ask(method, path, "bob")).slug()).isEqualTo("not-yours");
    }
  }

  private static HttpResponse<byte[]> ask(String method, String template, String token)
      throws Exception {
    byte[] blob = token.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    String path =
        template
            .replace("$batch", BATCH)
            .replace("$output", ScriptedDesk.NODE.toHex())
            .replace("$blob", org.almoner.protocol.bytes.Hash.sha256(blob).toHex());
    return switch (method) {
      case "GET" -> face.get(path, bearer(token));
      case "PUT" -> face.put(path, blob, bearer(token));
      default ->
          face.post(
              path,
              path.endsWith("cancel")
                  ? JsonValue.Obj.of().build()
                  : JsonValue.Obj.of()
                      .put("batch", envelope(Envelope.Kind.BATCH).toJson())
                      .put("release", SIGNED.toJson())
                      .build(),
              bearer(token));
    };
  }

  private static Envelope envelope(Envelope.Kind kind) {
    return Envelope.sign(kind, JsonValue.Obj.of().put("n", 1).build(), ScriptedDesk.key(5));
  }

  @Test
  void anOwnerFetchesAnOutputOnlyAsTheAnswerOfAnOwnUnit() throws Exception {
    String output = "/api/v1/outputs/" + ScriptedDesk.NODE.toHex();
    assertThat(problem(face.get(output, bearer("read"))).detail())
        .startsWith("parameter batch: name the batch and the unit whose output this is");
    assertThat(problem(face.get(output + "?batch=" + BATCH + "&unit=x", bearer("read"))).detail())
        .isEqualTo("parameter unit: expected a number from 0 to 999999999, got x");
    assertThat(face.get(output + "?batch=" + BATCH + "&unit=9", bearer("read")).statusCode())
        .isEqualTo(404);
    assertThat(face.get(output + "?batch=00112233445566ff&unit=2", bearer("read")).statusCode())
        .isEqualTo(404);
    assertThat(text(face.get(output, bearer(LiveFace.OPERATOR)))).isEqualTo("an output");
  }

  @Test
  void anyoneSeesTheReleasesWithTheirSignaturesAndWhatBecameOfThem() throws Exception {
    String list = text(face.get("/api/v1/releases"));
    assertThat(list).isEqualTo(text(face.get(PATH)));
    assertThat(list)
        .startsWith(
            "[{\"leaf\":7,\"owner\":\"Ada\",\"rebuilt\":{\"by\":\"auditor\",\"day\":\"2026-11-20\","
                + "\"outcome\":\"reproducible\",\"toolchain\":\"clang 14\"},\"recalled\":{\"atMs\":"
                + "1000,\"by\":\"owner\",\"leaf\":9,\"reason\":\"It is wrong.\"},\"release\":\""
                + SIGNED.digest()
                + "\",\"signed\":{\"payload\":");
    assertThat(text(face.get("/api/v1/batches/" + BATCH)))
        .contains("\"releaseDigest\":\"" + SIGNED.digest() + "\"", "\"outcome\":\"reproducible\"");
    assertThat(problem(face.get("/api/v1/releases/" + "0".repeat(64))).status()).isEqualTo(404);
    assertThat(problem(face.get("/api/v1/releases/x")).detail())
        .startsWith("no release can have this digest");
  }

  @Test
  void anOwnerRecallsBySignatureAndTheOperatorByToken() throws Exception {
    Recall recall = new Recall(ScriptedDesk.ORIGIN, SIGNED.digest(), "It is wrong.");
    Envelope signed = Envelope.sign(Envelope.Kind.RECALL, recall.toJson(), ScriptedDesk.key(5));
    assertThat(face.post(PATH + "/recall", signed.toJson()).statusCode()).isEqualTo(200);
    assertThat(face.desk.asked).contains(new ScriptedDesk.Asked("recall", signed));
    assertThat(
            problem(face.post("/api/v1/releases/" + "0".repeat(64) + "/recall", signed.toJson()))
                .detail())
        .startsWith("the recall that came names another release");

    JsonValue.Obj reason = JsonValue.Obj.of().put("reason", "Nobody answers.").build();
    assertThat(problem(face.post(PATH + "/recall", reason)).slug()).isEqualTo("token-missing");
    assertThat(problem(face.post(PATH + "/recall", reason, bearer("manage"))).slug())
        .isEqualTo("token-unknown");
    assertThat(face.desk.recallReason).isEmpty();
    face.post(PATH + "/recall", reason, bearer(LiveFace.OPERATOR));
    assertThat(face.desk.recallReason).contains("Nobody answers.");
    JsonValue.Obj lines = JsonValue.Obj.of().put("reason", "a\nb").build();
    assertThat(problem(face.post(PATH + "/recall", lines, bearer(LiveFace.OPERATOR))).detail())
        .contains("a reason is one line");
  }

  @Test
  void theOperatorAndAuditorsSayWhatCameOfBuildingItAgain() throws Exception {
    JsonValue.Obj body =
        JsonValue.Obj.of()
            .put("outcome", "different")
            .put("toolchain", "clang 14")
            .put("day", "2026-11-20")
            .build();
    assertThat(problem(face.post(PATH + "/rebuilds", body, bearer("manage"))).slug())
        .isEqualTo("token-unknown");
    face.post(PATH + "/rebuilds", body, bearer("auditor-token"));
    assertThat(face.desk.rebuilt)
        .contains(
            new Rebuilt(Rebuilt.Found.DIFFERENT, true, "clang 14", LocalDate.of(2026, 11, 20)));
    face.post(PATH + "/rebuilds", body, bearer(LiveFace.OPERATOR));
    assertThat(face.desk.rebuilt.orElseThrow().byAuditor()).isFalse();
    JsonValue.Obj wrong =
        JsonValue.Obj.of()
            .put("outcome", "fine")
            .put("toolchain", "clang 14")
            .put("day", "yesterday")
            .build();
    assertThat(problem(face.post(PATH + "/rebuilds", wrong, bearer(LiveFace.OPERATOR))).detail())
        .contains("expected reproducible, different or unknown, got fine");
  }

  @Test
  void anOwnersRequestAboutTokensReachesTheDesk() throws Exception {
    face.desk.tokens = List.of(new TokenView("ci", Set.of(Scope.READ), 1, 2, 20_000));
    TokenRequest request = new TokenRequest.Listing(ScriptedDesk.ORIGIN, 1);
    Envelope signed =
        Envelope.sign(Envelope.Kind.TOKEN_REQUEST, request.toJson(), ScriptedDesk.key(5));
    assertThat(text(face.post("/api/v1/owners/tokens", signed.toJson())))
        .isEqualTo(
            "{\"tokens\":[{\"createdMs\":1,\"expiresMs\":2,\"lastUsed\":\"2024-10-04\",\"name\":"
                + "\"ci\",\"scopes\":[\"read\"]}]}");
    assertThat(
            problem(face.post("/api/v1/owners/tokens", envelope(Envelope.Kind.LINK).toJson()))
                .slug())
        .isEqualTo("malformed-request");
  }
}
