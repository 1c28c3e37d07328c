package org.almoner.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever becomes of the coordinator's events: a batch is followed to its end. */
class BatchFollowerTests {
  private static final String BATCH = "00112233445566aa";

  /** What is answered in turn: a status for none, else events; the last is repeated. */
  private final Deque<List<Integer>> streams = new ArrayDeque<>();

  private final Deque<Integer> answers = new ArrayDeque<>();
  private final List<Duration> rests = new ArrayList<>();
  private final List<Long> told = new ArrayList<>();
  private HttpServer server;
  private int asked;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(BatchCounts.address(BATCH), this::answer);
    server.createContext(BatchCounts.address(BATCH) + "/events", this::stream);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked++;
    int accepted = answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
    byte[] octets = json(accepted).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(accepted < 0 ? 404 : 200, octets.length);
    exchange.getResponseBody().write(octets);
    exchange.close();
  }

  private void stream(HttpExchange exchange) throws IOException {
    if (streams.isEmpty()) {
      exchange.sendResponseHeaders(503, -1);
    } else {
      exchange.sendResponseHeaders(200, 0);
      StringBuilder events = new StringBuilder("retry: 3000\n\n:\n\n");
      streams.removeFirst().forEach(n -> events.append("data: " + json(n) + "\n\n"));
      exchange.getResponseBody().write(events.toString().getBytes(StandardCharsets.UTF_8));
    }
    exchange.close();
  }

  private static String json(int accepted) {
    return "{\"accepted\":"
        + accepted
        + ",\"allotment\":{\"cores\":1,\"diskBytes\":0,\"memoryBytes\":65536,\"wallMs\":1000},"
        + "\"batch\":\""
        + BATCH
        + "\",\"cancelled\":false,\"cpuMs\":0,\"done\":"
        + (accepted == 9)
        + ",\"failed\":0,\"leased\":0,\"project\":\"p\",\"purpose\":\"q\",\"rejected\":0,"
        + "\"release\":\"r\",\"reported\":0,\"starter\":false,\"units\":9}";
  }

  private BatchFollower.Look follow() throws InterruptedException {
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    BatchFollower follower =
        new BatchFollower(OperatorClient.of(address, ""), BATCH, this::restFor);
    return follower.follow(look -> told.add(look.counts().accepted()));
  }

  private void restFor(Duration time) {
    rests.add(time);
  }

  @Test
  void changesComeAsEventsAndNothingIsAskedBetween() throws Exception {
    answers.add(0);
    streams.add(List.of(0, 3, 7, 9));
    assertThat(follow().counts().exitCode()).isZero();
    assertThat(told).containsExactly(0L, 0L, 3L, 7L, 9L);
    assertThat(asked).isEqualTo(1);
    assertThat(rests).isEmpty();
  }

  @Test
  void aStreamThatBreaksOffIsFollowedByAnother() throws Exception {
    answers.addAll(List.of(0, 4));
    streams.add(List.of(1, 2));
    streams.add(List.of(4, 9));
    follow();
    assertThat(told).containsExactly(0L, 1L, 2L, 4L, 4L, 9L);
    assertThat(rests).containsExactly(Duration.ofSeconds(2));
  }

  @Test
  void withoutEventsItAsksNowAndThen() throws Exception {
    answers.addAll(List.of(0, 2, 5, 8, 9));
    follow();
    assertThat(told).containsExactly(0L, 2L, 5L, 8L, 9L);
    assertThat(rests)
        .containsExactly(
            Duration.ofSeconds(2),
            Duration.ofSeconds(4),
            Duration.ofSeconds(8),
            Duration.ofSeconds(8));
  }

  @Test
  void anEventThatIsNoAnswerCountsAsNone() throws Exception {
    answers.addAll(List.of(0, 9));
    streams.add(List.of());
    assertThat(follow().counts().done()).isTrue();
  }

  @Test
  void aBatchThatIsNotThereIsToldAtOnce() {
    answers.add(-1);
    assertThatThrownBy(this::follow)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("answered 404");
    assertThat(rests).isEmpty();
  }

  @Test
  void aCoordinatorThatIsGoneIsWaitedForTenMinutes() throws Exception {
    answers.add(0);
    streams.add(List.of(1));
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    BatchFollower follower =
        new BatchFollower(
            OperatorClient.of(address, ""),
            BATCH,
            time -> {
              server.stop(0);
              rests.add(time);
            });
    assertThatThrownBy(() -> follower.follow(look -> {}))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("is the coordinator running there?");
    Duration all = rests.stream().reduce(Duration.ZERO, Duration::plus);
    assertThat(all).isBetween(BatchFollower.UNANSWERED_MAX, Duration.ofMinutes(11));
  }
}
