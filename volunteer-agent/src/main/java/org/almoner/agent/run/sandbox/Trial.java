package org.almoner.agent.run.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.almoner.agent.run.sandbox.Sandbox.Found;
import org.almoner.agent.run.sandbox.Sandbox.Missing;
import org.almoner.agent.run.sandbox.Sandbox.Usable;

/** A first start of a sandbox, and what keeps it from starting. */
final class Trial {
  private static final String FILTER = "seccomp.bpf";
  private static final Path NO_STATUS = Path.of("/dev/null");
  private static final long PATIENCE_S = 20;
  private static final int WORDS_OCTETS_MAX = 2_000;
  private static final Limits LIMITS = new Limits(256L << 20, 1 << 20, 8, 64);

  /** Ends with 0 when the kernel says that it is nobody, without privileges, behind the filter. */
  private static final String PROBE =
      """
      seen=
      while read -r name value rest; do
        case "$name$value" in
          Seccomp:2 | NoNewPrivs:1 | CapEff:0000000000000000 | CapPrm:0000000000000000 | Uid:65534) seen=x$seen ;;
        esac
      done </proc/self/status
      [ "$seen" = xxxxx ] || { echo "its protections are not all in force"; exit 1; }
      """;

  private final Host host;
  private final Path folder;

  Trial(Host host, Path folder) {
    this.host = host;
    this.folder = folder;
  }

  Found run() throws IOException, InterruptedException {
    if (!host.osName().equals("Linux")) {
      return new Missing(
          "programs can be kept apart only on Linux, and this is "
              + host.osName()
              + ": it runs portable Wasm alone");
    }
    Optional<InstructionSet> processor = InstructionSet.named(host.osArch());
    if (processor.isEmpty()) {
      return new Missing(
          "the system calls of "
              + host.osArch()
              + " are not known here, only those of x86_64 and aarch64: it runs portable Wasm alone");
    }
    boolean root = isRoot();
    Map<String, Path> programs = new LinkedHashMap<>();
    for (Map.Entry<String, String> needed : needed(root).entrySet()) {
      Optional<Path> path = host.program(needed.getKey());
      if (path.isEmpty()) {
        return new Missing(
            "the program "
                + needed.getKey()
                + " is not installed; it is in the package "
                + needed.getValue());
      }
      programs.put(needed.getKey(), path.get());
    }
    Path filter = folder.toAbsolutePath().resolve(FILTER);
    Files.write(filter, SeccompFilter.of(processor.get()).toArray());
    Cgroups groups = Cgroups.find(host.proc(), Cgroups.MOUNT, root, ProcessHandle.current().pid());
    return tried(new Sandbox(programs, filter, root, groups));
  }

  /** Programs and their packages, as Debian and most others name them. */
  private static Map<String, String> needed(boolean root) {
    Map<String, String> needed = new LinkedHashMap<>();
    needed.put("bwrap", "bubblewrap");
    needed.put("prlimit", "util-linux");
    needed.put("sh", "dash");
    if (root) {
      needed.put("setpriv", "util-linux");
    }
    return needed;
  }

  private boolean isRoot() throws IOException {
    return Integer.valueOf(0).equals(Files.getAttribute(host.proc().resolve("self"), "unix:uid"));
  }

  private Found tried(Sandbox sandbox) throws IOException, InterruptedException {
    Inside nothing = new Inside(List.of(), "/", Inside.PLAIN_ENVIRONMENT, LIMITS);
    Process process =
        new ProcessBuilder(sandbox.command(nothing, List.of("/bin/sh", "-c", PROBE), NO_STATUS))
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    boolean ended = process.waitFor(PATIENCE_S, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly();
      return new Missing("bubblewrap does not end within " + PATIENCE_S + " s on this computer");
    }
    if (process.exitValue() == 0) {
      return new Usable(sandbox);
    }
    return new Missing(
        Denied.setting(host.proc()).orElse("bubblewrap cannot start here: " + words(process)));
  }

  private static String words(Process process) throws IOException {
    try (InputStream in = process.getInputStream()) {
      List<String> lines =
          new String(in.readNBytes(WORDS_OCTETS_MAX), StandardCharsets.UTF_8).lines().toList();
      return lines.isEmpty()
          ? "it ended with code " + process.exitValue()
          : lines.get(lines.size() - 1);
    }
  }
}
