package org.almoner.agent.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.almoner.agent.durable.FsyncDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentKeyTest {
  @TempDir Path home;

  @Test
  void theKeyIsMadeOnceAndReadEverAfter() throws Exception {
    AgentKey made = open();
    assertThat(open().publicKey()).isEqualTo(made.publicKey());
    assertThat(open().id()).isEqualTo(made.id());
  }

  @Test
  void theFileIsTheOwnersAlone() throws Exception {
    open();
    assertThat(Files.getPosixFilePermissions(home.resolve(AgentKey.FILE)))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void aKeyThatOthersMayReadIsRefused() throws Exception {
    open();
    for (String mode : new String[] {"rw-r-----", "rw----r--", "rw--w----", "rwx------"}) {
      Files.setPosixFilePermissions(
          home.resolve(AgentKey.FILE), PosixFilePermissions.fromString(mode));
      assertThatThrownBy(this::open)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("can be read by other users")
          .hasMessageContaining("chmod 600");
    }
  }

  @Test
  void aDamagedKeyIsRefusedAndNotReplacedNorPrinted() throws Exception {
    open();
    Path file = home.resolve(AgentKey.FILE);
    String whole = Files.readString(file);
    for (String damaged :
        new String[] {"", whole.substring(1), whole.trim(), "G" + whole.substring(1)}) {
      Files.writeString(file, damaged);
      assertThatThrownBy(this::open)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is not a key")
          .hasMessageNotContaining(whole.substring(1, 30));
      assertThat(Files.readString(file)).isEqualTo(damaged);
    }
  }

  private AgentKey open() throws IOException {
    return AgentKey.openOrCreate(home, new FsyncDisk(), new SecureRandom());
  }
}
