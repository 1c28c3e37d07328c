package org.almoner.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** What an owner is told of units, from what the coordinator answers. */
class UnitStoryTests {
  private static final String REST =
      "\"cores\":8,\"count\":77,\"cpuMs\":800,\"memPeakBytes\":0,\"memoryGib\":16,\"output\":\""
          + "0".repeat(64)
          + "\",\"wallMs\":900";

  private static UnitStory told(String attempts) throws Exception {
    String page =
        "{\"next\":9,\"units\":[{\"attempts\":["
            + attempts
            + "],\"state\":\"failed\",\"unit\":3}]}";
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, page.length());
          exchange.getResponseBody().write(page.getBytes(UTF_8));
          exchange.close();
        });
    server.start();
    try {
      URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
      OperatorClient client = OperatorClient.of(address, "");
      return UnitStory.page(client, "00112233445566aa", 0, 10, "").units().get(0);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void whyAResultIsNoneStandsBelowItsAttempt() throws Exception {
    UnitStory story =
        told(
            "{\"complete\":false,\"exit\":0,\"fault\":\"a.json: is no \\u001bJSON\","
                + "\"outcome\":\"failed\",\"replica\":0,\"tail\":[],"
                + REST
                + "}");

    assertThat(WorkloadLogsCommand.lines(story))
        .anyMatch(line -> line.contains("exit 0, no result"))
        .anyMatch(line -> line.matches("    no result: a\\.json: is no \\W?JSON"))
        .noneMatch(line -> line.contains("\u001b"));
  }

  @Test
  void aResultThatWasTakenAloneIsOne() throws Exception {
    UnitStory story =
        told(
            "{\"complete\":true,\"exit\":0,\"outcome\":\"accepted-alone\",\"replica\":0,\"tail\":[],"
                + REST
                + "}");

    assertThat(((UnitStory.Attempt.Logged) story.attempts().get(0)).accepted()).isTrue();
    assertThat(WorkloadLogsCommand.lines(story)).noneMatch(line -> line.contains("no result"));
  }
}
