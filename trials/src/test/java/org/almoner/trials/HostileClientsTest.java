package org.almoner.trials;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.almoner.trials.hostile.Siege;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A real coordinator under attack, under its usual limits, while honest agents work. However long
 * an attack takes, it lasts until they have completed their cycles, and nothing they send is
 * refused.
 */
@Timeout(240)
class HostileClientsTest {
  @TempDir static Path folder;
  private static Siege siege;

  @BeforeAll
  static void begin() throws Exception {
    siege = new Siege(folder.resolve("coordinator"));
  }

  @AfterAll
  static void end() {
    siege.close();
  }

  @AfterEach
  void itStillServes() throws Exception {
    siege.requireService();
  }

  @Test
  void connectionsThatDoNothingKeepNobodyOut() throws Exception {
    siege.idleConnections(2_500);
  }

  @Test
  @Tag("long")
  void tenThousandConnectionsThatDoNothingKeepNobodyOut() throws Exception {
    siege.idleConnections(10_000);
  }

  @Test
  void headersThatTrickleKeepNobodyOut() throws Exception {
    siege.trickle("GET /livez HTTP/1.1\r\nHost: a\r\n", "X-A: b\r\n", 200);
  }

  @Test
  void bodiesThatTrickleKeepNobodyOut() throws Exception {
    siege.trickle(
        "POST /api/v1/reports HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
            + "Content-Length: 2000000\r\n\r\n{",
        " ",
        200);
  }

  @Test
  void whoNeverReadsKeepsNobodyOut() throws Exception {
    siege.neverRead(50);
  }

  @Test
  void wrongSignaturesAtFullSpeedKeepNobodyOut() throws Exception {
    siege.wrongSignatures();
  }

  @Test
  void requestsInOneBreathKeepNobodyOut() throws Exception {
    siege.pipelined(500);
  }

  @Test
  @Tag("long")
  void twentyThousandRequestsInOneBreathKeepNobodyOut() throws Exception {
    siege.pipelined(20_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /api/v1/leases",
        "POST /api/v1/reports",
        "POST /api/v1/enrolments",
        "POST /api/v1/batches",
        "POST /api/v1/batches/check",
        "POST /api/v1/operator/settle",
        "POST /api/v1/register/donors",
        "POST /me",
        "POST /me/sign-out",
        "GET /log/checkpoint",
        "GET /events",
        "PUT /api/v1/blobs/0000000000000000000000000000000000000000000000000000000000000000",
        "POST /nowhere",
        "DELETE /"
      })
  void aHundredMegabytesAreNotSwallowed(String what) throws Exception {
    assertThat(siege.sendHuge(what)).as("octets taken").isLessThan(32 << 20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/log/tile/../../operator.token",
        "/log/tile/..%2f..%2foperator.token",
        "/log/tile/..%252f..%252foperator.token",
        "/log/tile/%2e%2e/%2e%2e/operator.token",
        "/log/tile/..\\..\\operator.token",
        "/log/tile/0/000%00.p/1",
        "/log/tile/%c0%ae%c0%ae/%c0%ae%c0%ae/operator.token",
        "/log/tile//etc/passwd",
        "/api/v1/blobs/../../operator.token",
        "/api/v1/blobs/..%2f..%2foperator.token",
        "/api/v1/blobs/%2e%2e%2foperator.token",
        "/api/v1/blobs/..%5coperator.token",
        "/api/v1/blobs/\u0000",
        "/api/v1/outputs/../../operator.token",
        "/../operator.token",
        "//operator.token",
        "/me/documents/../../../operator.token/pdf",
        "/./operator.token",
        "/api/v1/register/documents/..%2f..%2foperator.token/pdf",
        "http://a/../operator.token"
      })
  void noPathLeadsOutOfTheHouse(String path) throws Exception {
    assertThat(siege.get(path)).matches("(?s)(HTTP/1.1 40[0-9].*)?");
  }

  @Test
  void headersBeyondAllMeasureEndTheConnection() throws Exception {
    assertThat(siege.ask("GET / HTTP/1.1\r\nHost: a\r\n" + "A: b\r\n".repeat(100_000) + "\r\n"))
        .doesNotContain("HTTP/1.1 200");
    assertThat(siege.ask("GET / HTTP/1.1\r\nHost: a\r\nA: " + "b".repeat(1 << 20) + "\r\n\r\n"))
        .doesNotContain("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "deep",
        "deep objects",
        "huge number",
        "doubled field",
        "many fields",
        "unclosed",
        "nulls"
      })
  void jsonThatIsMeantToHurtIsRefused(String kind) throws Exception {
    assertThat(siege.json(kind)).startsWith("HTTP/1.1 400 ").contains("malformed-request");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "br", "zstd", "gzip, gzip", "identity, gzip"})
  void nothingIsUnpacked(String encoding) throws Exception {
    assertThat(
            siege.ask(
                "POST /api/v1/leases HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                    + "Content-Encoding: "
                    + encoding
                    + "\r\nContent-Length: 2\r\n\r\n{}"))
        .startsWith("HTTP/1.1 415 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"websocket", "h2c", "TLS/1.0"})
  void aWishForAnotherProtocolChangesNothing(String protocol) throws Exception {
    assertThat(
            siege.ask(
                "GET /livez HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: "
                    + protocol
                    + "\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAA\r\n"
                    + "HTTP2-Settings: AAAA\r\n\r\n"
                    + "GET /livez HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200 ")
        .containsPattern("(?s)alive\n.*HTTP/1.1 200 .*alive\n");
  }
}
