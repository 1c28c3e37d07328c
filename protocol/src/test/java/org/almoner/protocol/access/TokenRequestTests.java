package org.almoner.protocol.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenRequestTests {
  private static final String ORIGIN = "log.example/2026";

  @Test
  void eachRequestSurvivesARoundTrip() throws Exception {
    for (TokenRequest request :
        List.of(
            new TokenRequest.Create(
                ORIGIN, 7, "ci", Set.of(Scope.READ, Scope.SUBMIT), 90, Hash.ZERO),
            new TokenRequest.Listing(ORIGIN, 7),
            new TokenRequest.Revoke(ORIGIN, 7, "ci"))) {
      assertThat(TokenRequest.parse(JsonFields.of(request.toJson()))).isEqualTo(request);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "create, Ci, read, 90, a token's name has 1 to 63 of a-z 0-9 -",
    "create, ci-, read, 90, a token's name has 1 to 63 of a-z 0-9 -",
    "create, ci, all, 90, 'expected submit, read or manage, got all'",
    "create, ci, read, 366, expected 1 to 365",
    "create, ci, read, 0, expected 1 to 365",
    "make, ci, read, 90, 'expected create, list or revoke, got make'",
    "revoke, ci, read, 90, unknown field"
  })
  void aRequestOutOfBoundsIsRefused(
      String action, String name, String scope, int days, String sentence) {
    JsonValue.Obj json =
        JsonValue.Obj.of()
            .put("action", action)
            .put("name", name)
            .putTexts("scopes", List.of(scope))
            .put("days", days)
            .put("issuedMs", 7)
            .put("origin", ORIGIN)
            .put("token", Hash.ZERO.toHex())
            .build();
    assertThatThrownBy(() -> TokenRequest.parse(JsonFields.of(json)))
        .hasMessageContaining(sentence);
  }
}
