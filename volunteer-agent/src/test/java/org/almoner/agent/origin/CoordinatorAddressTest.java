package org.almoner.agent.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoordinatorAddressTest {
  @Test
  void aRouteLiesBelowTheAddress() {
    assertThat(CoordinatorAddress.parse("https://example.org").resolve("api/v1/origin"))
        .hasToString("https://example.org/api/v1/origin");
    assertThat(CoordinatorAddress.parse("https://example.org:8443/lend").resolve("log/checkpoint"))
        .hasToString("https://example.org:8443/lend/log/checkpoint");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:1", "http://127.0.0.1:7420/", "http://[::1]:7420"})
  void plainHttpReachesThisComputer(String text) {
    assertThat(CoordinatorAddress.parse(text).uri().getScheme()).isEqualTo("http");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://example.org", "http://127.0.0.1.example.org", "http://10.0.0.1:7420"})
  void plainHttpToAnotherComputerIsRefused(String text) {
    assertThatThrownBy(() -> CoordinatorAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("write https://");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "example.org",
        "ftp://example.org",
        "https://",
        "https://u:p@example.org",
        "https://example.org/?a=b",
        "https://exa mple.org",
        "mailto:a@example.org"
      })
  void anythingElseIsRefusedWithAnExample(String text) {
    assertThatThrownBy(() -> CoordinatorAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("write it like https://");
  }
}
