package org.almoner.agent.run.fast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tools that were taken over by what they read. */
class WorkshopTest {
  @TempDir Path temp;
  private Path folder;
  private Workshop workshop;

  @BeforeEach
  void begin() throws Exception {
    Fast.engine();
    folder = Files.createDirectory(temp.resolve("work"));
    workshop = new Workshop(Fast.sandbox(), folder, List.of());
  }

  private void run(String script) throws Exception {
    workshop.run(List.of("/bin/sh", "-c", script));
  }

  @Test
  void whatAToolStartedIsGoneWhenItEnds() throws Exception {
    run("(trap '' TERM; while :; do echo more >>grows; done) & exit 0");
    long size = Files.exists(folder.resolve("grows")) ? Files.size(folder.resolve("grows")) : 0;
    run("sleep 0.2");
    assertThat(Files.exists(folder.resolve("grows")) ? Files.size(folder.resolve("grows")) : 0)
        .isEqualTo(size);
  }

  /** The agent gives out its files to be read; a link must not lead it to others. */
  @Test
  void aLinkGivesOutNothingOfTheOwners() throws Exception {
    Path key = Files.writeString(temp.resolve("agent.key"), "secret");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    run("ln -s " + key + " link");
    run("exit 0");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
  }

  @Test
  void aToolThatFailsSaysWhyWithoutControlCharacters() {
    assertThatThrownBy(() -> run("printf 'an \\033[31merror\\n'; exit 3"))
        .isInstanceOf(BuildFailed.class)
        .hasMessage("/bin/sh failed: an ?[31merror");
  }
}
