package org.almoner.coordinator.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.AgentId;
import org.junit.jupiter.api.Test;

class BlobChecksTests {
  private final BlobChecks checks = new BlobChecks();
  private final CompletableFuture<String> slow = new CompletableFuture<>();

  private static AgentId agent(int number) {
    return new AgentId(Hash.sha256(new byte[] {(byte) number}));
  }

  private CompletableFuture<String> run(int agent) {
    return checks.run(agent(agent), slow::join);
  }

  private void assertBusy(int agent) {
    assertThatThrownBy(() -> run(agent))
        .extracting(e -> ((Refusal) e).problem().slug())
        .isEqualTo("busy");
  }

  @Test
  void anAgentHasOneReportReadAtATime() {
    CompletableFuture<String> first = run(1);
    assertBusy(1);
    CompletableFuture<String> other = run(2);
    slow.complete("read");
    assertThat(first.join()).isEqualTo("read");
    assertThat(other.join()).isEqualTo("read");
    assertThat(run(1).join()).isEqualTo("read");
  }

  @Test
  void whatFailsFreesItsPlace() {
    assertThatThrownBy(
            () ->
                checks
                    .run(
                        agent(1),
                        () -> {
                          throw new IOException("the disk is gone");
                        })
                    .join())
        .hasRootCauseMessage("the disk is gone");
    slow.complete("read");
    assertThat(run(1).join()).isEqualTo("read");
  }

  @Test
  void noMoreWaitThanThereArePlaces() {
    List<CompletableFuture<String>> all = new ArrayList<>();
    int most = BlobChecks.THREADS + BlobChecks.WAITING_MAX;
    for (int i = 0; i < most; i++) {
      all.add(run(i));
    }
    for (int i = 0; i < 2; i++) {
      assertBusy(most);
    }
    slow.complete("read");
    all.forEach(each -> assertThat(each.join()).isEqualTo("read"));
    assertThat(run(most).join()).isEqualTo("read");
  }
}
