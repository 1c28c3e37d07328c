package org.almoner.agent.run.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.almoner.agent.run.sandbox.Cage.Owner;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A program that tries to get out, behind the wall of root's agent and of an ordinary user's. */
class EscapeTest {
  private static final Limits LIMITS = new Limits(64 << 20, 4 << 20, 16, 64);

  /** One instruction: whatever it is, let it through. */
  private static final byte[] NO_FILTER = {6, 0, 0, 0, 0, 0, (byte) 0xff, 0x7f};

  /** What a program may do and would not be one without. */
  private static final Map<String, String> GRANTED =
      Map.ofEntries(
          Map.entry("private_memory", "done"),
          Map.entry("write_out", "done"),
          Map.entry("lock", "done"),
          Map.entry("pipe", "65536|8192|4096"),
          Map.entry("processes_in_sight", "2"),
          Map.entry("devices", "5"),
          Map.entry("open_files", "3"),
          // with PWD, which bubblewrap adds
          Map.entry("environment", "6"),
          Map.entry("uid", "65534"),
          Map.entry("gid", "65534"),
          Map.entry("signal_everybody", "ESRCH"),
          Map.entry("exit", "0"));

  /** Refused in another way than by a kernel that does not have it. */
  private static final Map<String, String> REFUSED =
      Map.ofEntries(
          Map.entry("larger_pipe", "EINVAL"),
          Map.entry("larger_pipe_high_half", "EINVAL"),
          Map.entry("lease", "EINVAL"),
          Map.entry("notify", "EINVAL"),
          Map.entry("signals_of_a_file", "EINVAL"),
          Map.entry("signals_by_number", "EINVAL"),
          Map.entry("clone_newuser", "EPERM"),
          Map.entry("clone_newnet", "EPERM"),
          Map.entry("tiocsti", "ENOTTY"),
          Map.entry("tiocsti_high_half", "ENOTTY"),
          Map.entry("shared_memory", "ENOMEM"),
          Map.entry("huge_pages", "ENOMEM"),
          Map.entry("personality", "EPERM"),
          Map.entry("prctl_no_filter", "EPERM"),
          Map.entry("call_of_32_bits", "killed"),
          Map.entry("call_of_x32", "killed"),
          Map.entry("home_of_root", "ENOENT"),
          Map.entry("homes", "ENOENT"),
          Map.entry("key", "ENOENT"),
          Map.entry("key_by_proc_root", "ENOENT"),
          Map.entry("key_by_climbing", "ENOENT"),
          Map.entry("passwords", "ENOENT"),
          Map.entry("users", "ENOENT"),
          Map.entry("sys", "ENOENT"),
          Map.entry("tmp_of_others", "ENOENT"),
          Map.entry("run", "ENOENT"),
          Map.entry("process_outside", "ENOENT"),
          Map.entry("memory_of_pid_1", "ENOENT"),
          Map.entry("files_of_pid_1", "ENOENT"),
          Map.entry("into_pid_1", "EROFS"),
          Map.entry("kernel_setting", "EACCES|EROFS"),
          Map.entry("sysrq", "EACCES|EROFS|ENOENT"),
          Map.entry("kernel_memory", "EACCES|EPERM|ENOENT"),
          Map.entry("write_usr", "EROFS"),
          Map.entry("write_root", "EROFS"),
          Map.entry("write_dev", "EROFS"),
          Map.entry("write_in", "EROFS"),
          Map.entry("add_to_in", "EROFS"),
          Map.entry("terminal", "ENOENT"),
          Map.entry("disk", "ENOENT"),
          Map.entry("zero", "ENOENT"),
          Map.entry("chmod_in", "EROFS"),
          Map.entry("link_in_to_out", "EXDEV"),
          Map.entry("link_usr_to_out", "EXDEV"),
          Map.entry("rename_usr", "EXDEV"),
          Map.entry("device", "EPERM"),
          Map.entry("become_root", "EPERM|EINVAL"),
          Map.entry("more_files", "EPERM"),
          Map.entry("core_dumps", "EPERM"),
          Map.entry("signal_outside", "ESRCH"));

  @TempDir static Path built;
  private static Path probe;

  @TempDir Path temp;

  @BeforeAll
  static void compile() throws Exception {
    Files.setPosixFilePermissions(built, PosixFilePermissions.fromString("rwxr-xr-x"));
    probe = Cage.probe(built);
  }

  private Inside inside() throws Exception {
    Path in = Files.createDirectory(temp.resolve("in"));
    Path given = Files.writeString(in.resolve("given"), "given");
    for (Path path : List.of(in, given)) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
    }
    return new Inside(
        List.of(
            Mount.readOnly(probe, "/probe"),
            Mount.readOnly(in, "/in"),
            Mount.writable(Files.createDirectory(temp.resolve("out")), "/out")),
        "/out",
        Inside.PLAIN_ENVIRONMENT,
        LIMITS);
  }

  /** A process outside, of the same user as the sandbox, which must not be touched. */
  private static Process victim(Cage cage, Owner owner) throws Exception {
    List<String> sleep = List.of("sleep", "60");
    if (owner == Owner.ROOT || !cage.weAreRoot()) {
      return new ProcessBuilder(sleep).start();
    }
    List<String> command = new ArrayList<>(Cage.asOrdinary());
    command.addAll(sleep);
    return new ProcessBuilder(command).start();
  }

  @ParameterizedTest
  @EnumSource(Owner.class)
  void everyWayOutIsClosed(Owner owner) throws Exception {
    Cage cage = new Cage(owner, temp);
    Path key = Files.writeString(temp.resolve("agent.key"), "secret");
    Process victim = victim(cage, owner);
    Map<String, String> said;
    try {
      said = cage.says(inside(), "/probe", "filter", key.toString(), Long.toString(victim.pid()));
      assertThat(victim.isAlive()).isTrue();
    } finally {
      victim.destroyForcibly();
    }

    assertThat(said)
        .allSatisfy(
            (what, answer) ->
                assertThat(answer)
                    .as(what)
                    .matches(GRANTED.getOrDefault(what, REFUSED.getOrDefault(what, "ENOSYS"))));
    assertThat(said).containsKeys(GRANTED.keySet().toArray(String[]::new));
    assertThat(said).containsKeys(REFUSED.keySet().toArray(String[]::new));
    assertThat(said).containsKeys("ptrace", "bpf", "mount", "not_yet_invented");
  }

  /** Layers: were there a hole in the filter, this is what would stand behind it. */
  @ParameterizedTest
  @EnumSource(Owner.class)
  void theNamespacesHoldWithoutTheFilter(Owner owner) throws Exception {
    Cage cage = new Cage(owner, temp);
    Path open = Files.write(temp.resolve("open.bpf"), NO_FILTER);
    Process victim = victim(cage, owner);
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Map<String, String> said =
          cage.says(
              open,
              inside(),
              "/probe",
              "namespaces",
              Long.toString(victim.pid()),
              Integer.toString(listener.getLocalPort()));

      assertThat(said)
          .isEqualTo(
              Map.of(
                  "connect_loopback", "ECONNREFUSED",
                  "connect_far", "ENETUNREACH",
                  "raw_socket", "EPERM",
                  "mount_proc", "EPERM",
                  "chroot", "EPERM",
                  "set_host_name", "EPERM",
                  "set_clock", "EPERM",
                  "signal_outside", "ESRCH",
                  "exit", "0"));
      assertThat(victim.isAlive()).isTrue();
    } finally {
      victim.destroyForcibly();
    }
  }

  @ParameterizedTest
  @EnumSource(Owner.class)
  void processesMemoryAndFilesEndWhereTheLimitsDo(Owner owner) throws Exception {
    Cage cage = new Cage(owner, temp);
    Inside inside = inside();

    int made = Integer.parseInt(cage.says(inside, "/probe", "fork").get("made"));
    assertThat(made).isBetween(LIMITS.processes() - 1, LIMITS.processes());
    int mebibytes = Integer.parseInt(cage.says(inside, "/probe", "memory").get("mebibytes"));
    assertThat(mebibytes).isBetween(60, 64);
    Map<String, String> sparse = cage.says(inside, "/probe", "tables");
    assertThat(Integer.parseInt(sparse.get("gibibytes"))).isBetween(14, 16);
    assertThat(Integer.parseInt(sparse.get("tables")))
        .as("KiB of tables")
        .isBetween(24_000, 36_000);
    assertThat(cage.says(inside, "/probe", "file"))
        .isEqualTo(
            Map.of(
                "fallocate",
                "EFBIG",
                "beyond",
                "EOPNOTSUPP",
                "truncate",
                "EFBIG",
                "octets",
                "4194304",
                "exit",
                "0"));
  }

  @ParameterizedTest
  @EnumSource(Owner.class)
  void aProgramThatBelongsToRootRunsAsNobody(Owner owner) throws Exception {
    Cage cage = new Cage(owner, temp);
    assumeTrue(cage.weAreRoot(), "tool missing: root");
    Path setuid = Files.copy(probe, temp.resolve("setuid"));
    Files.setAttribute(setuid, "unix:mode", 0104755);
    Inside inside =
        new Inside(
            List.of(Mount.readOnly(setuid, "/setuid")), "/", Inside.PLAIN_ENVIRONMENT, LIMITS);

    assertThat(cage.says(inside, "/setuid", "who").get("euid")).isEqualTo("65534");
  }
}
