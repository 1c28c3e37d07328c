package org.almoner.agent.run.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A sandbox around the probe, as one of two kinds of agent would have it. */
final class Cage {
  /** Whose agent it is. */
  enum Owner {
    ROOT,
    ORDINARY
  }

  /** A user who owns nothing here. */
  private static final int ORDINARY_UID = 54_321;

  private static final Map<String, Path> PROGRAMS =
      Map.of(
          "sh", Path.of("/bin/sh"),
          "bwrap", Path.of("/usr/bin/bwrap"),
          "prlimit", Path.of("/usr/bin/prlimit"),
          "setpriv", Path.of("/usr/bin/setpriv"));

  private final Owner owner;
  private final Path folder;
  private final boolean weAreRoot;

  /** A cage whose files lie in {@code folder}, or a skipped test where there can be none. */
  Cage(Owner owner, Path folder) throws Exception {
    this.owner = owner;
    this.folder = folder;
    this.weAreRoot = isRoot();
    assumeTrue(weAreRoot || owner == Owner.ORDINARY, "tool missing: root");
    for (Path program : PROGRAMS.values()) {
      assumeTrue(Files.isExecutable(program), "tool missing: " + program.getFileName());
    }
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Sandbox.Found found = Sandbox.find(Host.here(), folder);
    assumeTrue(found instanceof Sandbox.Usable, () -> "tool missing: bwrap-usable " + found);
  }

  private static boolean isRoot() throws IOException {
    return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
  }

  boolean weAreRoot() {
    return weAreRoot;
  }

  /** Compiles the probe once for all tests of a class. */
  static Path probe(Path folder) throws Exception {
    Path source = folder.resolve("probe.c");
    try (InputStream in = Cage.class.getResourceAsStream("probe.c")) {
      Files.copy(in, source);
    }
    Path probe = folder.resolve("probe");
    Process gcc;
    try {
      gcc =
          new ProcessBuilder("gcc", "-O1", "-static", "-o", probe.toString(), source.toString())
              .inheritIO()
              .start();
    } catch (IOException e) {
      assumeTrue(false, "tool missing: gcc");
      throw e;
    }
    assertThat(gcc.waitFor()).isZero();
    return probe;
  }

  /** The command around {@code program}, as this owner's agent would start it. */
  List<String> command(Path filter, Inside inside, List<String> program) throws IOException {
    Sandbox sandbox = new Sandbox(PROGRAMS, filter, owner == Owner.ROOT, Cgroups.NONE);
    List<String> command = new ArrayList<>();
    for (Mount mount : inside.mounts()) {
      if (mount.writable()) {
        sandbox.letWrite(mount.outside());
        if (owner == Owner.ORDINARY && weAreRoot) {
          Files.setAttribute(mount.outside(), "unix:uid", ORDINARY_UID);
        }
      } else {
        sandbox.letRead(mount.outside());
      }
    }
    if (owner == Owner.ORDINARY && weAreRoot) {
      command.addAll(asOrdinary());
    }
    command.addAll(sandbox.command(inside, program, Path.of("/dev/null")));
    return command;
  }

  /** Runs what follows as a user without rights. */
  static List<String> asOrdinary() {
    return List.of(
        "setpriv",
        "--reuid=" + ORDINARY_UID,
        "--regid=" + ORDINARY_UID,
        "--clear-groups",
        "--inh-caps=-all");
  }

  /** What the probe says of each thing it tried, behind the filter of every agent. */
  Map<String, String> says(Inside inside, String... program) throws Exception {
    return says(folder.resolve("seccomp.bpf"), inside, program);
  }

  Map<String, String> says(Path filter, Inside inside, String... program) throws Exception {
    Process process =
        new ProcessBuilder(command(filter, inside, List.of(program)))
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, String> answers = new LinkedHashMap<>();
    said.lines()
        .forEach(
            line -> {
              int colon = line.indexOf(": ");
              assertThat(colon).as(line).isPositive();
              answers.put(line.substring(0, colon), line.substring(colon + 2));
            });
    answers.put("exit", Integer.toString(process.waitFor()));
    return answers;
  }
}
