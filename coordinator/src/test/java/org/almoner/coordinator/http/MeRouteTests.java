package org.almoner.coordinator.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.almoner.coordinator.desk.Standing;
import org.almoner.coordinator.http.route.Attempts;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.lease.LeaseId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeRouteTests {
  private static final String FORM = "application/x-www-form-urlencoded";

  @TempDir Path folder;
  private LiveFace face;

  @BeforeEach
  void start() throws IOException {
    face = new LiveFace(folder);
  }

  @AfterEach
  void stop() {
    face.close();
  }

  @Test
  void aStrangerSeesTheFormAndNothingElse() throws IOException {
    HttpResponse<byte[]> page = face.get("/me");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(LiveFace.text(page))
        .contains("<form method=\"post\" action=\"/me\"")
        .contains("<label for=\"token\">")
        .doesNotContain(ScriptedDesk.DONOR.toHex())
        .doesNotContain("<script");
    assertThat(header(page, "Content-Security-Policy"))
        .contains("form-action 'self'")
        .doesNotContain("script-src");
    assertThat(header(page, "Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void theRightTokenOpensASittingAndIsNotSeenAgain() throws IOException {
    HttpResponse<byte[]> answer = signIn("token=donor-token");
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(header(answer, "Location")).endsWith("/me").doesNotContain("token");
    String cookie = header(answer, "Set-Cookie");
    assertThat(cookie)
        .matches("almoner-me=[0-9a-f]{64}; Max-Age=43200; Path=/me; HttpOnly; SameSite=Strict")
        .doesNotContain("donor-token");
    HttpResponse<byte[]> page = face.get("/me", "Cookie", pair(cookie));
    assertThat(LiveFace.text(page))
        .contains(ScriptedDesk.DONOR.toHex())
        .contains("/me/documents/2025-000001/pdf")
        .contains("/me/documents/2025-000002/pdf")
        .contains("Replaced: use 2025-000001, which stands in its place.")
        .contains("Cancelled, it counts no more: a name was &lt;wrong&gt;")
        .doesNotContain("donor-token");
  }

  @Test
  void whoIsErasedWhileSignedInIsSignedOut() throws IOException {
    String cookie = pair(header(signIn("token=donor-token"), "Set-Cookie"));
    face.desk.erased.add(ScriptedDesk.DONOR);
    assertThat(LiveFace.text(face.get("/me", "Cookie", cookie)))
        .contains("id=\"token\"")
        .doesNotContain(ScriptedDesk.DONOR.toHex());
    assertThat(face.get("/me/documents/2025-000001/pdf", "Cookie", cookie).statusCode())
        .isEqualTo(303);
  }

  @Test
  void beyondThisComputerTheCookieTravelsOverTlsAlone() throws IOException {
    String answer =
        face.raw(
            "POST /me HTTP/1.1\r\nHost: grid.example\r\nConnection: close\r\nContent-Type: "
                + FORM
                + "\r\nContent-Length: 17\r\n\r\ntoken=donor-token");
    assertThat(answer).startsWith("HTTP/1.1 303").contains("SameSite=Strict; Secure");
  }

  @Test
  void aWrongTokenGetsOneSentenceAndNoCookie() throws IOException {
    for (String form : List.of("token=wrong", "token=", "token=" + "x".repeat(300))) {
      HttpResponse<byte[]> answer = signIn(form);
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.headers().map()).doesNotContainKey("set-cookie");
      assertThat(LiveFace.text(answer))
          .containsOnlyOnce("This token opens no account here.")
          .contains("role=\"alert\"")
          .doesNotContain("wrong\"");
    }
  }

  @Test
  void otherFormsAreRefused() throws IOException {
    for (String form : List.of("", "a=b", "token=a&token=b", "token=%zz")) {
      assertThat(LiveFace.problem(signIn(form)).slug()).isEqualTo("malformed-request");
    }
  }

  @Test
  void tooManyWrongTokensMustWait() throws IOException {
    for (int i = 0; i < Attempts.WRONG_MAX; i++) {
      assertThat(signIn("token=wrong").statusCode()).isEqualTo(403);
    }
    HttpResponse<byte[]> answer = signIn("token=donor-token");
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(header(answer, "Retry-After")).isEqualTo("60");
    assertThat(LiveFace.text(answer)).contains("Wait a minute and try again.");
  }

  @Test
  void aFormOfAnotherSiteIsRefused() throws IOException {
    for (String path : List.of("/me", "/me/sign-out")) {
      for (String site : List.of("cross-site", "same-site", "none")) {
        HttpResponse<byte[]> answer =
            face.send(
                face.request(path, "Content-Type", FORM, "Sec-Fetch-Site", site)
                    .POST(BodyPublishers.ofString("token=donor-token")));
        assertThat(LiveFace.problem(answer).slug()).isEqualTo("foreign-form");
        assertThat(answer.headers().map()).doesNotContainKey("set-cookie");
      }
    }
  }

  @Test
  void signingOutEndsTheSittingEverywhere() throws IOException {
    String cookie = pair(header(signIn("token=donor-token"), "Set-Cookie"));
    HttpResponse<byte[]> out =
        face.send(face.request("/me/sign-out", "Cookie", cookie).POST(BodyPublishers.noBody()));
    assertThat(out.statusCode()).isEqualTo(303);
    assertThat(header(out, "Set-Cookie")).startsWith("almoner-me=; Max-Age=0; Path=/me;");
    assertThat(LiveFace.text(face.get("/me", "Cookie", cookie))).contains("id=\"token\"");
  }

  @Test
  void documentsAreDownloadedByWhoIsSignedIn() throws IOException {
    String cookie = pair(header(signIn("token=donor-token"), "Set-Cookie"));
    HttpResponse<byte[]> pdf = face.get("/me/documents/2025-000001/pdf", "Cookie", cookie);
    assertThat(LiveFace.text(pdf)).isEqualTo("PDF of 2025-000001");
    assertThat(header(pdf, "Content-Type")).isEqualTo("application/pdf");
    assertThat(header(pdf, "Content-Disposition"))
        .isEqualTo("attachment; filename=\"2025-000001.pdf\"");
    for (String other :
        List.of("/me/documents/2025-000009/pdf", "/me/documents/2025-000001/keys")) {
      assertThat(LiveFace.problem(face.get(other, "Cookie", cookie)).status()).isEqualTo(404);
    }
    HttpResponse<byte[]> stranger = face.get("/me/documents/2025-000001/pdf");
    assertThat(stranger.statusCode()).isEqualTo(303);
    assertThat(stranger.body()).isEmpty();
  }

  @Test
  void theTokenIsNoCookieAndTheCookieIsNoToken() throws IOException {
    String cookie = pair(header(signIn("token=donor-token"), "Set-Cookie"));
    String session = cookie.substring(cookie.indexOf('=') + 1);
    assertThat(LiveFace.text(face.get("/me", "Cookie", "almoner-me=donor-token")))
        .contains("id=\"token\"");
    assertThat(face.get("/api/v1/me/standing", LiveFace.bearer(session)).statusCode())
        .isEqualTo(401);
    assertThat(face.get("/api/v1/me/standing", "Cookie", cookie).statusCode()).isEqualTo(401);
  }

  @Test
  void everyReasonIsSaidInWords() throws IOException {
    List<Standing.Excluded> lines = new java.util.ArrayList<>();
    for (Outcome outcome : Outcome.values()) {
      lines.add(
          new Standing.Excluded(
              new LeaseId(ScriptedDesk.BATCH, outcome.digit(), 0), "a <b>", 40, outcome));
    }
    face.desk.standing =
        new Standing(
            1_234,
            1_000,
            7,
            36_000_000,
            List.of(new Standing.Maturing(LocalDate.of(2026, 12, 4), 3, 5_400_000)),
            lines);
    String cookie = pair(header(signIn("token=donor-token"), "Set-Cookie"));
    String page = LiveFace.text(face.get("/me", "Cookie", cookie));
    assertThat(page)
        .contains("<dd>10.0 h</dd>")
        .contains("<dd>1.5 h</dd>")
        .contains("<dd>1,234</dd>")
        .contains("4 December 2026")
        .contains("a &lt;b&gt;, unit 7")
        .contains("another donor has to agree")
        .contains("turned out wrong before this one had matured")
        .contains("a known answer")
        .doesNotContain("_");
  }

  @Test
  void theSameIsThereAsJson() throws IOException {
    face.desk.standing =
        new Standing(
            5,
            3,
            1,
            1_000,
            List.of(new Standing.Maturing(LocalDate.of(2026, 12, 4), 2, 500)),
            List.of(
                new Standing.Excluded(
                    new LeaseId(ScriptedDesk.BATCH, 4, 1), "primes", 40, Outcome.SAME_DONOR)));
    HttpResponse<byte[]> answer = face.get("/api/v1/me/standing", LiveFace.bearer("donor-token"));
    assertThat(new String(answer.body(), UTF_8))
        .isEqualTo(
            "{\"agreed\":3,\"countedMs\":1000,\"excluded\":[{\"leaf\":40,"
                + "\"lease\":\"00112233445566aa/4/1\",\"outcome\":\"same-donor\","
                + "\"project\":\"primes\"}],\"maturing\":[{\"cpuMs\":500,\"day\":\"2026-12-04\","
                + "\"lines\":2}],\"returned\":5,\"waiting\":1}");
    assertThat(face.get("/api/v1/me/standing").statusCode()).isEqualTo(401);
    assertThat(face.get("/api/v1/me/standing", LiveFace.bearer("x")).statusCode()).isEqualTo(401);
  }

  private HttpResponse<byte[]> signIn(String form) throws IOException {
    return face.send(
        face.request("/me", "Content-Type", FORM, "Sec-Fetch-Site", "same-origin")
            .POST(BodyPublishers.ofString(form)));
  }

  private static String pair(String setCookie) {
    return setCookie.substring(0, setCookie.indexOf(';'));
  }

  private static String header(HttpResponse<byte[]> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
