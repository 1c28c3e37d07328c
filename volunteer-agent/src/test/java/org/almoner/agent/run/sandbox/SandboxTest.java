package org.almoner.agent.run.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxTest {
  private static final Limits LIMITS = new Limits(64 << 20, 1 << 20, 16, 64);

  @TempDir Path temp;
  private Sandbox sandbox;

  @BeforeEach
  void find() throws Exception {
    Sandbox.Found found = Sandbox.find(Host.here(), temp);
    assumeTrue(found instanceof Sandbox.Usable, () -> "tool missing: bwrap, usable: " + found);
    sandbox = ((Sandbox.Usable) found).sandbox();
  }

  private String says(Inside inside, String... program) throws Exception {
    Process process =
        new ProcessBuilder(sandbox.command(inside, List.of(program), Path.of("/dev/null")))
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return said + process.waitFor();
  }

  @Test
  void aProgramWritesOnlyWhereItMay() throws Exception {
    Path in = Files.writeString(temp.resolve("given"), "given");
    Path out = Files.createDirectory(temp.resolve("out"));
    sandbox.letRead(in);
    sandbox.letWrite(out);
    Inside inside =
        new Inside(
            List.of(Mount.readOnly(in, "/in/given"), Mount.writable(out, "/out")),
            "/out",
            Inside.PLAIN_ENVIRONMENT,
            LIMITS);

    assertThat(
            says(
                inside,
                "/bin/sh",
                "-c",
                "cat /in/given; echo made >made; for f in /x /in/given /usr/x /etc/x /dev/x /proc/x;"
                    + " do touch $f 2>/dev/null && echo wrote $f; done; echo; pwd; id -u"))
        .isEqualTo("given\n/out\n65534\n0");
    assertThat(out.resolve("made")).hasContent("made");
  }
}
