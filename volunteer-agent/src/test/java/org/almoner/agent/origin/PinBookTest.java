package org.almoner.agent.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.almoner.agent.durable.FsyncDisk;
import org.almoner.agent.world.Identities;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PinBookTest {
  private static final CoordinatorAddress HERE = CoordinatorAddress.parse("https://a.example.org");
  private static final CoordinatorAddress THERE = CoordinatorAddress.parse("https://b.example.org");

  @TempDir Path home;

  @Test
  void whoWasMetIsRemembered() throws Exception {
    assertThat(book().at(HERE)).isEmpty();
    book().meet(HERE, pinned("log", "key", "k"));
    book().meet(HERE, pinned("log", "key", "k"));
    assertThat(book().at(HERE)).contains(pinned("log", "key", "k"));
    assertThat(book().at(THERE)).isEmpty();
  }

  @Test
  void eachChangeIsNamedAndNothingIsForgotten() throws Exception {
    book().meet(HERE, pinned("log", "key", "k"));
    refused(HERE, pinned("other", "key", "k"), "says it is the log other");
    refused(HERE, pinned("log", "other", "k"), "says it has the log key other");
    refused(HERE, pinned("log", "key", "other"), "says it has the coordinator key");
    refused(THERE, pinned("log", "other", "k"), "says it has the log key other");
    assertThat(book().at(HERE)).contains(pinned("log", "key", "k"));
    assertThat(book().at(THERE)).isEmpty();
  }

  @Test
  void aLogMayMoveToAnotherAddressAndTwoLogsHaveTwoDirectories() throws Exception {
    book().meet(HERE, pinned("log", "key", "k"));
    book().meet(THERE, pinned("log", "key", "k"));
    assertThat(book().directory(pinned("log", "key", "k")))
        .isNotEqualTo(book().directory(pinned("log2", "key", "k")))
        .exists();
  }

  @Test
  void aDamagedPinIsReadFromItsCopyAndNeverTakenForAFirstMeeting() throws Exception {
    book().meet(HERE, pinned("log", "key", "k"));
    List<Path> both;
    try (var files = Files.list(home.resolve("addresses"))) {
      both = files.toList();
    }
    assertThat(both).hasSize(2);
    for (Path one : both) {
      Files.writeString(one, "{}");
      assertThat(book().at(HERE)).contains(pinned("log", "key", "k"));
      book().meet(HERE, pinned("log", "key", "k"));
      assertThat(Files.readString(one)).contains("\"origin\":\"log\"");
    }
    for (Path one : both) {
      Files.writeString(one, "{}");
    }
    assertThatThrownBy(() -> book().at(HERE)).hasMessageContaining("is damaged");
  }

  private void refused(CoordinatorAddress address, Pinned shown, String sentence) {
    assertThatThrownBy(() -> book().meet(address, shown))
        .isInstanceOf(ChangedIdentity.class)
        .hasMessageContaining(sentence)
        .hasMessageContaining("at the first meeting it was");
  }

  private PinBook book() {
    return new PinBook(home, new FsyncDisk());
  }

  private static Pinned pinned(String origin, String logKey, String key) {
    return new Pinned(origin, logKey, Identities.key(key).publicKey());
  }
}
