package org.almoner.coordinator.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.almoner.coordinator.http.LiveFace.bearer;
import static org.almoner.coordinator.http.LiveFace.problem;
import static org.almoner.coordinator.http.LiveFace.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.LocalDate;
import org.almoner.ledger.entry.CpuTime;
import org.almoner.ledger.entry.Totals;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objections over HTTP, by token and by the page's form, and what the operator does about them. */
class LineRouteTests {
  private static final String[] OPERATOR = bearer(LiveFace.OPERATOR);
  private static final String[] DONOR = bearer("donor-token");
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final byte[] OBJECTION = utf8("{\"leaf\":20852,\"words\":\"It was right.\"}");

  @TempDir Path folder;
  private LiveFace face;

  @BeforeEach
  void start() throws Exception {
    face = new LiveFace(folder);
  }

  @AfterEach
  void stop() {
    face.close();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }

  @Test
  void aDonorObjectsAndTheOperatorRules() throws Exception {
    String open = text(face.post("/api/v1/me/objections", OBJECTION, DONOR));
    assertThat(open)
        .contains("\"leaf\":20852")
        .contains("\"outcome\":\"output-disagreed\"")
        .contains("\"state\":\"open\"")
        .contains("\"words\":\"It was right.\"");
    assertThat(text(face.get("/api/v1/operator/objections", OPERATOR))).isEqualTo("[" + open + "]");
    assertThat(
            text(
                face.post(
                    "/api/v1/operator/objections/20852", utf8("{\"upheld\":true}"), OPERATOR)))
        .contains("\"state\":\"upheld\"");
  }

  @Test
  void onlyDonorsObjectAndOnlyTheOperatorRulesAndCorrects() throws Exception {
    assertThat(face.post("/api/v1/me/objections", OBJECTION, OPERATOR).statusCode()).isEqualTo(401);
    assertThat(face.get("/api/v1/operator/objections", DONOR).statusCode()).isEqualTo(401);
    assertThat(
            face.post("/api/v1/operator/objections/1", utf8("{\"upheld\":true}"), DONOR)
                .statusCode())
        .isEqualTo(401);
    assertThat(
            face.post(
                    "/api/v1/operator/corrections",
                    utf8("{\"leaves\":[1],\"reason\":\"x\",\"reinstate\":false}"),
                    DONOR)
                .statusCode())
        .isEqualTo(401);
    assertThat(face.desk.objections).isEmpty();
    assertThat(face.desk.corrected).isEmpty();
  }

  @Test
  void correctionsAreTakenInOrderAndOnce() throws Exception {
    assertThat(
            text(
                face.post(
                    "/api/v1/operator/corrections",
                    utf8("{\"leaves\":[7,3,7],\"reason\":\"mistaken\",\"reinstate\":false}"),
                    OPERATOR)))
        .isEqualTo("{\"waiting\":2}");
    assertThat(face.desk.corrected).containsExactly(3L, 7L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"leaves\":[],\"reason\":\"x\",\"reinstate\":false}",
        "{\"leaves\":[-1],\"reason\":\"x\",\"reinstate\":false}",
        "{\"leaves\":[\"1\"],\"reason\":\"x\",\"reinstate\":false}",
        "{\"leaves\":[1],\"reason\":\"X y\",\"reinstate\":false}",
        "{\"leaves\":[1],\"reason\":\"x\"}",
        "{\"leaves\":[1],\"reason\":\"x\",\"reinstate\":false,\"more\":1}",
      })
  void aCorrectionThatIsNoneIsNamed(String body) throws Exception {
    HttpResponse<byte[]> answer = face.post("/api/v1/operator/corrections", utf8(body), OPERATOR);
    assertThat(problem(answer).slug()).isEqualTo("malformed-request");
    assertThat(face.desk.corrected).isEmpty();
  }

  @Test
  void totalsAreOpenToEverybody() throws Exception {
    face.desk.totals.add(
        new Totals(
            "mersenne",
            LocalDate.parse("2026-11-20"),
            LocalDate.parse("2026-11-21"),
            412,
            12,
            new CpuTime(36, 0, 144)));
    assertThat(text(face.get("/stats/projects.csv")))
        .isEqualTo(
            "project,from,to,lines,donors,cpu_ms_agreed_count,cpu_ms_agreed_output,"
                + "cpu_ms_reported\r\nmersenne,2026-11-20,2026-11-21,412,12,36,0,144\r\n");
    assertThat(text(face.get("/stats/projects.json")))
        .isEqualTo(
            "[{\"cpuMs\":{\"C1\":36,\"C3\":144},\"donors\":12,\"from\":\"2026-11-20\","
                + "\"lines\":412,\"project\":\"mersenne\",\"to\":\"2026-11-21\"}]");
  }

  @Test
  void aRulingNamesALineByItsIndex() throws Exception {
    HttpResponse<byte[]> answer =
        face.post("/api/v1/operator/objections/x", utf8("{\"upheld\":true}"), OPERATOR);
    assertThat(problem(answer).status()).isEqualTo(404);
  }

  private HttpResponse<byte[]> send(String path, String form, String... headers) throws Exception {
    return face.send(face.request(path, headers).POST(BodyPublishers.ofString(form)));
  }

  @Test
  void theFormOfThePageObjectsForWhoIsSignedIn() throws Exception {
    HttpResponse<byte[]> signedIn = send("/me", "token=donor-token", "Content-Type", FORM);
    String cookie = signedIn.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    String objection = "leaf=20852&words=It+was+right.";
    HttpResponse<byte[]> kept =
        send("/me/objections", objection, "Content-Type", FORM, "Cookie", cookie);
    assertThat(kept.statusCode()).isEqualTo(303);
    assertThat(text(face.get("/me", "Cookie", cookie)))
        .contains("you objected; it rests until the operator has ruled.")
        .contains("action=\"/me/objections\"");
    HttpResponse<byte[]> foreign =
        send(
            "/me/objections",
            objection,
            "Content-Type",
            FORM,
            "Cookie",
            cookie,
            "Sec-Fetch-Site",
            "cross-site");
    assertThat(foreign.statusCode()).isEqualTo(403);
    HttpResponse<byte[]> stranger = send("/me/objections", objection, "Content-Type", FORM);
    assertThat(stranger.statusCode()).as("to the form to sign in").isEqualTo(303);
    assertThat(face.desk.objections).hasSize(1);
  }
}
