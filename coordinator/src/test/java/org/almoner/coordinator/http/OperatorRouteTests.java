package org.almoner.coordinator.http;

import static org.almoner.coordinator.http.LiveFace.bearer;
import static org.almoner.coordinator.http.LiveFace.problem;
import static org.almoner.coordinator.http.LiveFace.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.almoner.protocol.identity.PublicKey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorRouteTests {
  private static final String[] TOKEN = bearer(LiveFace.OPERATOR);
  private static final String DONOR = ScriptedDesk.DONOR.toHex();
  private static final byte[] NOTHING = {};

  @TempDir static Path folder;
  private static LiveFace face;

  @BeforeAll
  static void start() throws Exception {
    face = new LiveFace(folder);
    face.desk.owners.put("ada's-token", "Ada");
  }

  @AfterAll
  static void stop() {
    face.close();
  }

  @Test
  void anAccountIsOpenedAndItsTokenShown() throws Exception {
    assertThat(text(face.post("/api/v1/operator/accounts", NOTHING, TOKEN)))
        .isEqualTo("{\"donor\":\"" + DONOR + "\",\"token\":\"donor-token\"}");
  }

  @Test
  void anEmptyObjectIsAsGoodAsNoBody() throws Exception {
    assertThat(face.post("/api/v1/operator/accounts", utf8(" {} "), TOKEN).statusCode())
        .isEqualTo(200);
    HttpResponse<byte[]> response =
        face.post("/api/v1/operator/accounts", utf8("{\"name\":\"Ada\"}"), TOKEN);
    assertThat(problem(response).detail()).startsWith("unknown field \"name\"");
  }

  @Test
  void aCodeIsDrawnForADonor() throws Exception {
    String path = "/api/v1/operator/accounts/" + DONOR + "/codes";
    assertThat(text(face.post(path, NOTHING, TOKEN))).isEqualTo("{\"code\":\"ABCD-EFGH-JKLM\"}");
  }

  @Test
  void anUnknownDonorIsNamed() throws Exception {
    HttpResponse<byte[]> unknown =
        face.post("/api/v1/operator/accounts/" + "0".repeat(32) + "/codes", NOTHING, TOKEN);
    assertThat(problem(unknown).slug()).isEqualTo("donor-unknown");
    HttpResponse<byte[]> impossible =
        face.post("/api/v1/operator/accounts/ada/codes", NOTHING, TOKEN);
    assertThat(problem(impossible).status()).isEqualTo(404);
    assertThat(problem(impossible).detail()).startsWith("no donor can have this pseudonym: ");
  }

  @Test
  void anOwnersKeyIsApproved() throws Exception {
    PublicKey key = ScriptedDesk.key(5).publicKey();
    String body = "{\"name\":\"Ada\",\"key\":\"" + key.toHex() + "\"}";
    assertThat(text(face.post("/api/v1/operator/owners", utf8(body), TOKEN)))
        .isEqualTo("{\"name\":\"Ada\",\"token\":\"token-of-Ada\"}");
    assertThat(face.desk.lastOwnerKey).isEqualTo(key);
  }

  @Test
  void aKeyThatIsNoneIsRefused() throws Exception {
    String body = "{\"name\":\"Ada\",\"key\":\"" + "0".repeat(64) + "\"}";
    HttpResponse<byte[]> response = face.post("/api/v1/operator/owners", utf8(body), TOKEN);
    assertThat(problem(response).detail())
        .startsWith("field \"key\": not a sound Ed25519 public key");
  }

  @Test
  void whatHasMaturedIsSettled() throws Exception {
    assertThat(text(face.post("/api/v1/operator/settle", NOTHING, TOKEN)))
        .isEqualTo("{\"settled\":3}");
  }

  @Test
  void donorsAreListedByPseudonym() throws Exception {
    assertThat(text(face.get("/api/v1/operator/donors", TOKEN))).isEqualTo("[\"" + DONOR + "\"]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"accounts", "accounts/0123456789abcdef0123456789abcdef/codes", "owners", "settle"})
  void nobodyElseMayAsk(String route) throws Exception {
    String path = "/api/v1/operator/" + route;
    assertThat(problem(face.post(path, NOTHING)).slug()).isEqualTo("token-missing");
    for (String token : new String[] {"ada's-token", "donor-token", "the-operator's-toke"}) {
      assertThat(problem(face.post(path, NOTHING, bearer(token))).slug())
          .isEqualTo("token-unknown");
    }
  }

  @Test
  void nobodyElseSeesDonors() throws Exception {
    assertThat(face.get("/api/v1/operator/donors").statusCode()).isEqualTo(401);
    assertThat(face.get("/api/v1/operator/donors", bearer("ada's-token")).statusCode())
        .isEqualTo(401);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
