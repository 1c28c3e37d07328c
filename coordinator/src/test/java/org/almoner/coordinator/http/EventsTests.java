package org.almoner.coordinator.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.almoner.coordinator.desk.BatchView;
import org.almoner.coordinator.desk.StopReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsTests {
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
    face.desk.batches.add(batch(3));
  }

  @AfterEach
  void stop() throws IOException {
    for (EventStream stream : open) {
      stream.socket.close();
    }
    face.close();
  }

  @Test
  void aReaderGetsEverythingFirstAndThenWhatChanges() throws IOException {
    EventStream stream = read();
    assertThat(stream.head)
        .startsWith("HTTP/1.1 200")
        .containsIgnoringCase("content-type: text/event-stream")
        .contains("Cache-Control: no-store");
    assertThat(stream.event()).contains("\"p0-agreed\":\"3 of 10\"").contains("\"size\":\"1,234\"");
    face.desk.batches.set(0, batch(4));
    assertThat(stream.event())
        .contains("\"p0-agreed\":\"4 of 10\"")
        .doesNotContain("size")
        .doesNotContain("p0-running");
  }

  @Test
  void allReadersAreToldTheSame() throws IOException {
    List<EventStream> streams = List.of(read(), read(), read());
    for (EventStream stream : streams) {
      stream.event();
    }
    face.desk.batches.set(0, batch(5));
    assertThat(List.of(streams.get(0).event(), streams.get(1).event(), streams.get(2).event()))
        .allMatch(event -> event.contains("5 of 10"));
  }

  /** Its page was loaded a moment ago; an older frame would tell it that there is something new. */
  @Test
  void aNewReaderIsToldWhatHoldsNowAndNotWhatTheOthersWereToldLast() throws IOException {
    read().event();
    for (int accepted = 4; accepted <= 9; accepted++) {
      face.desk.batches.set(0, batch(accepted));
      assertThat(read().event()).contains("\"p0-agreed\":\"" + accepted + " of 10\"");
    }
  }

  @Test
  void oneAddressHasItsShareOfThePlacesAndAnotherStillGetsOne() throws IOException {
    for (int i = 0; i < Events.READERS_OF_ONE_MAX; i++) {
      assertThat(read("192.0.2.7").head).startsWith("HTTP/1.1 200");
    }
    assertThat(read("192.0.2.7").head).startsWith("HTTP/1.1 503");
    assertThat(read("192.0.2.8").head).startsWith("HTTP/1.1 200");
  }

  @Test
  void moreReadersThanThereArePlacesAreToldToComeBack() throws IOException {
    for (int i = 0; i < Events.READERS_MAX; i++) {
      String client = "192.0.2." + i / Events.READERS_OF_ONE_MAX;
      assertThat(read(client).head).startsWith("HTTP/1.1 200");
    }
    String refused = face.raw("GET /events HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assertThat(refused).startsWith("HTTP/1.1 503").containsPattern("Retry-After: [1-5]\r\n");
    assertThat(LiveFace.text(face.get("/"))).as("the page is still served").contains("</html>");
    assertThat(face.get("/livez").statusCode()).isEqualTo(200);
    for (EventStream stream : open) {
      stream.socket.close();
    }
    open.clear();
    face.desk.batches.set(0, batch(6)); // Only a write finds out that nobody reads.
    for (int tries = 0; tries < 100; tries++) {
      EventStream stream = read();
      if (stream.head.startsWith("HTTP/1.1 200")) {
        return;
      }
      face.desk.batches.set(0, batch(tries % 10));
      pause();
    }
    throw new AssertionError("no place became free");
  }

  @Test
  void onlyReadingIsOffered() throws IOException {
    assertThat(LiveFace.problem(face.post("/events", new byte[0])).status()).isEqualTo(405);
  }

  @Test
  void closingEndsTheStreams() throws IOException {
    EventStream stream = read();
    stream.event();
    face.close();
    assertThat(stream.rest()).as("data after the end").isEmpty();
  }

  @Test
  void aStreamOutlivesTheTimeOfARequest() throws IOException {
    try (LiveFace hasty = new LiveFace(folder.resolve("hasty"), LiveFace.hasty(), List.of())) {
      hasty.desk.batches.add(batch(1));
      EventStream stream = new EventStream(hasty.connect(), Events.PATH);
      stream.event();
      for (int i = 0; i < 25; i++) {
        pause();
      }
      hasty.desk.batches.set(0, batch(2));
      assertThat(stream.event()).contains("2 of 10");
      stream.socket.close();
    }
  }

  @Test
  void nothingAboutDonorsGoesOverIt() throws IOException {
    assertThat(read().event()).doesNotContain(ScriptedDesk.DONOR.toHex());
  }

  private EventStream read() throws IOException {
    return read("127.0.0.1");
  }

  private EventStream read(String client) throws IOException {
    EventStream stream = new EventStream(face.connect(), Events.PATH, client);
    open.add(stream);
    return stream;
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static BatchView batch(long accepted) {
    return new BatchView(
        ScriptedDesk.BATCH,
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
