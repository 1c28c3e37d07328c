package org.almoner.coordinator.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.almoner.coordinator.desk.BatchView;
import org.almoner.coordinator.desk.StopReason;
import org.almoner.protocol.lease.BatchId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchEventsTests {
  private static final BatchId OTHER = BatchId.parseHex("00112233445566bb");

  @TempDir Path folder;
  private LiveFace face;
  private final List<EventStream> open = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    face =
        new LiveFace(
            folder,
            HttpLimits.standard(),
            LiveFace.BEHIND_PROXY,
            List.of(),
            InstantSource.system());
    face.desk.batches.add(batch(ScriptedDesk.BATCH, 3));
    face.desk.batches.add(batch(OTHER, 1));
  }

  @AfterEach
  void stop() throws IOException {
    for (EventStream stream : open) {
      stream.socket.close();
    }
    face.close();
  }

  private static String path(Object batch) {
    return "/api/v1/batches/" + batch + "/events";
  }

  private EventStream follow(Object batch) throws IOException {
    return follow(batch, "127.0.0.1");
  }

  private EventStream follow(Object batch, String client) throws IOException {
    EventStream stream = new EventStream(face.connect(), path(batch), client);
    open.add(stream);
    return stream;
  }

  @Test
  void aFollowerIsToldHowTheBatchStandsAndThenEachChangeOfItAlone() throws IOException {
    EventStream stream = follow(ScriptedDesk.BATCH);
    assertThat(stream.head)
        .startsWith("HTTP/1.1 200")
        .containsIgnoringCase("content-type: text/event-stream")
        .contains("Cache-Control: no-store");
    String asked = LiveFace.text(face.get("/api/v1/batches/" + ScriptedDesk.BATCH));
    assertThat(stream.event()).isEqualTo(asked).contains("\"accepted\":3");
    face.desk.batches.set(1, batch(OTHER, 2));
    face.desk.batches.set(0, batch(ScriptedDesk.BATCH, 5));
    assertThat(stream.event()).contains("\"accepted\":5");
  }

  @Test
  void theStreamEndsWithTheBatch() throws IOException {
    EventStream early = follow(ScriptedDesk.BATCH);
    early.event();
    face.desk.batches.set(0, batch(ScriptedDesk.BATCH, 10));
    assertThat(early.event()).contains("\"done\":true");
    assertThat(early.next()).isEmpty();
    EventStream late = follow(ScriptedDesk.BATCH);
    assertThat(late.event()).contains("\"done\":true");
    assertThat(late.next()).as("of a batch that is over").isEmpty();
    assertThat(follow(OTHER).event()).as("the other goes on").contains("\"accepted\":1");
  }

  @Test
  void oneAddressHasItsShareOfThePlacesAndAnotherStillGetsOne() throws IOException {
    for (int i = 0; i < Events.READERS_OF_ONE_MAX; i++) {
      assertThat(follow(OTHER, "192.0.2.7").head).startsWith("HTTP/1.1 200");
    }
    assertThat(follow(OTHER, "192.0.2.7").head).startsWith("HTTP/1.1 503");
    assertThat(follow(OTHER, "192.0.2.8").head).startsWith("HTTP/1.1 200");
  }

  @Test
  void moreFollowersThanThereArePlacesAreToldToAskInstead() throws IOException {
    for (int i = 0; i < BatchEvents.READERS_MAX; i++) {
      String client = "192.0.2." + i / Events.READERS_OF_ONE_MAX;
      assertThat(follow(i % 2 == 0 ? ScriptedDesk.BATCH : OTHER, client).head)
          .startsWith("HTTP/1.1 200");
    }
    String refused =
        face.raw("GET " + path(OTHER) + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assertThat(refused).startsWith("HTTP/1.1 503").contains("now and then instead");
    face.desk.batches.set(0, batch(ScriptedDesk.BATCH, 10));
    for (EventStream stream : open) {
      stream.event();
    }
    for (int tries = 0; tries < 50; tries++) {
      if (follow(OTHER).head.startsWith("HTTP/1.1 200")) {
        return;
      }
      pause();
    }
    throw new AssertionError("no place became free when half of them had ended");
  }

  @Test
  void whatIsNoBatchAndWhatIsNoReadingIsRefused() throws IOException {
    assertThat(LiveFace.problem(face.get(path("00112233445566ff"))).status()).isEqualTo(404);
    assertThat(LiveFace.problem(face.post(path(OTHER), new byte[0])).status()).isEqualTo(405);
    assertThat(face.get(path("nonsense")).statusCode()).isEqualTo(404);
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static BatchView batch(BatchId id, long accepted) {
    return new BatchView(
        id,
        "p",
        "q",
        "r 1.0",
        10,
        1,
        accepted,
        accepted,
        0,
        0,
        1_000,
        ScriptedDesk.ALLOTMENT,
        false,
        StopReason.NONE);
  }
}
