package org.almoner.agent.run.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Computers without a sandbox, and what their owners are told. */
class RefusalTest {
  private static final List<Path> PROGRAMS = Host.here().programs();

  @TempDir Path temp;

  private String reason(Host host) throws Exception {
    Sandbox.Found found = Sandbox.find(host, temp);
    assertThat(found).isInstanceOf(Sandbox.Missing.class);
    return ((Sandbox.Missing) found).reason();
  }

  /** A tree in the form of {@code /proc} whose one setting is {@code value}. */
  private Path proc(String setting, String value) throws Exception {
    Path file = temp.resolve("proc/sys").resolve(setting);
    Files.createDirectories(file.getParent());
    Files.writeString(file, value + "\n");
    Files.createDirectories(temp.resolve("proc/self"));
    return temp.resolve("proc");
  }

  /** Programs of which {@code bwrap} fails as it does where it may not make a namespace. */
  private Path failing(String words) throws Exception {
    Path folder = Files.createDirectories(temp.resolve("bin"));
    Path bwrap = folder.resolve("bwrap");
    Files.writeString(bwrap, "#!/bin/sh\necho '" + words + "' >&2\nexit 1\n");
    Files.setPosixFilePermissions(bwrap, PosixFilePermissions.fromString("rwxr-xr-x"));
    return folder;
  }

  @ParameterizedTest
  @CsvSource({"Mac OS X,aarch64", "Windows 11,amd64", "FreeBSD,amd64"})
  void anotherSystemIsNamed(String osName, String osArch) throws Exception {
    assertThat(reason(new Host(osName, osArch, Path.of("/proc"), PROGRAMS)))
        .isEqualTo(
            "programs can be kept apart only on Linux, and this is "
                + osName
                + ": it runs portable Wasm alone");
  }

  @Test
  void anotherProcessorIsNamed() throws Exception {
    assertThat(reason(new Host("Linux", "riscv64", Path.of("/proc"), PROGRAMS)))
        .startsWith("the system calls of riscv64 are not known here");
  }

  @Test
  void aMissingProgramIsNamedWithItsPackage() throws Exception {
    assertThat(reason(new Host("Linux", "amd64", proc("kernel/none", "0"), List.of(temp))))
        .isEqualTo("the program bwrap is not installed; it is in the package bubblewrap");
  }

  @ParameterizedTest
  @CsvSource({
    "user/max_user_namespaces,0,user.max_user_namespaces is 0: ",
    "kernel/unprivileged_userns_clone,0,kernel.unprivileged_userns_clone is 0: ",
    "kernel/apparmor_restrict_unprivileged_userns,1,kernel.apparmor_restrict_unprivileged_userns is 1: "
  })
  void theSettingThatDeniesIsNamed(String setting, String value, String named) throws Exception {
    List<Path> programs =
        List.of(failing("setting up uid map: Permission denied"), PROGRAMS.get(0), PROGRAMS.get(1));
    assertThat(reason(new Host("Linux", "amd64", proc(setting, value), programs)))
        .startsWith(named)
        .contains("sysctl -w");
  }

  @Test
  void whatElseKeepsItFromStartingIsSaidInItsOwnWords() throws Exception {
    List<Path> programs = List.of(failing("bwrap: no luck"), PROGRAMS.get(0), PROGRAMS.get(1));
    assertThat(
            reason(new Host("Linux", "amd64", proc("user/max_user_namespaces", "100"), programs)))
        .isEqualTo("bubblewrap cannot start here: bwrap: no luck");
  }

  /** A real kernel that denies: inside a user namespace that allows no further one. */
  @Test
  void aKernelThatDeniesNamespacesIsSeen() throws Exception {
    assumeTrue(runs("unshare", "--user", "--map-root-user", "true"), "tool missing: unshare");
    // Inside, the test's user is root; the agent is to believe that it is somebody else.
    Path proc = Files.createDirectories(temp.resolve("proc"));
    Files.createSymbolicLink(proc.resolve("sys"), Path.of("/proc/sys"));
    Path self = Files.createFile(proc.resolve("self"));
    if (Integer.valueOf(0).equals(Files.getAttribute(self, "unix:uid"))) {
      Files.setAttribute(self, "unix:uid", 54_321);
    } else {
      Files.delete(self);
      Files.createSymbolicLink(self, Path.of("/proc/sys/kernel/ostype"));
    }
    Process process =
        new ProcessBuilder(
                "unshare",
                "--user",
                "--map-root-user",
                "sh",
                "-c",
                "echo 0 >/proc/sys/user/max_user_namespaces && exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                FindMain.class.getName(),
                proc.toString(),
                temp.toString())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(said).startsWith("Missing[reason=user.max_user_namespaces is 0: ");
    assertThat(process.waitFor()).isZero();
  }

  private static boolean runs(String... command) throws Exception {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
