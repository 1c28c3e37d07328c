package org.almoner.agent.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.almoner.agent.durable.FsyncDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusFileTest {
  @TempDir Path home;

  @Test
  void whatIsWrittenIsRead() throws Exception {
    StatusFile file = new StatusFile(home, new FsyncDisk());
    assertThat(file.read()).isEmpty();
    Status status =
        new Status(Status.State.TROUBLE, "the \"log\"\nforked", "é", 1, 2, 3, "right", 4);
    file.write(status);
    assertThat(file.read()).contains(status);
    assertThat(home.resolve(StatusFile.FILE))
        .hasContent(
            "{\"atMs\":4,\"firstUnit\":\"right\","
                + "\"notice\":\"é\",\"reason\":\"the \\\"log\\\"\\nforked\",\"refused\":3,"
                + "\"state\":\"trouble\",\"unitsDone\":1,\"waitingForProof\":2}");
  }

  @Test
  void aLongReasonIsShortened() {
    Status status = new Status(Status.State.TROUBLE, "x".repeat(9_999), "", 0, 0, 0, "", 0);
    assertThat(status.reason()).hasSize(Status.REASON_MAX);
  }

  @Test
  void anUnknownStateIsNamed() throws Exception {
    Files.writeString(
        home.resolve(StatusFile.FILE),
        "{\"atMs\":4,\"firstUnit\":\"right\",\"notice\":\"\",\"reason\":\"\",\"refused\":3,\"state\":\"asleep\","
            + "\"unitsDone\":1,\"waitingForProof\":2}");
    assertThatThrownBy(() -> new StatusFile(home, new FsyncDisk()).read())
        .hasMessageContaining("status.json is damaged")
        .hasMessageContaining("state");
  }

  @Test
  void theSignalIsGivenOnceAndHeardByAll() {
    StopSignal stop = new StopSignal();
    AtomicInteger heard = new AtomicInteger();
    stop.onStop(heard::incrementAndGet);
    assertThat(stop.given()).isFalse();
    stop.stop();
    stop.stop();
    stop.onStop(heard::incrementAndGet);
    assertThat(stop.given()).isTrue();
    assertThat(heard).hasValue(2);
  }
}
