package org.almoner.tax.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDate;
import org.almoner.protocol.identity.DonorId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The register on a disk that is really full; skipped where mounting one is not allowed. */
class FullRegisterTests {
  private static final LocalDate FROM = LocalDate.of(2026, 1, 1);
  private static final LocalDate TO = LocalDate.of(2026, 12, 31);

  @TempDir Path temp;
  private final SecureRandom random = new SecureRandom();

  @Test
  void l18AFullDiskRefusesADocumentAndLosesNoneBeforeOrAfter() throws Exception {
    Path disk = Files.createDirectory(temp.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=64k", "almoner-test", disk.toString()),
        "tool missing: mount");
    try {
      fill(disk);
    } finally {
      assertThat(run("umount", disk.toString())).isTrue();
    }
  }

  private void fill(Path disk) throws IOException {
    ReceiptRegister register = ReceiptRegister.open(disk.resolve("register"));
    Path filler = Files.write(disk.resolve("filler"), new byte[48 << 10]);
    assertThatThrownBy(
            () -> {
              while (true) {
                reserve(register);
              }
            })
        .isInstanceOf(IOException.class)
        .hasMessageContaining("No space left on device");
    int acknowledged = register.all().size();
    assertThat(acknowledged).isPositive();
    Files.delete(filler);
    reserve(register);
    ReceiptRegister again = ReceiptRegister.open(disk.resolve("register"));
    assertThat(again.all()).isEqualTo(register.all()).hasSize(acknowledged + 1);
  }

  private void reserve(ReceiptRegister register) throws IOException {
    register.reserve(DonorId.draw(random), FROM, TO, TO);
  }

  private static boolean run(String... line) throws IOException, InterruptedException {
    return Files.isExecutable(Path.of("/usr/bin/mount"))
        && new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor()
            == 0;
  }
}
