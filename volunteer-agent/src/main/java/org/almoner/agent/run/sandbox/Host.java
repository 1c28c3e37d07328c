package org.almoner.agent.run.sandbox;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The computer on which there may be a sandbox.
 *
 * @param osName what Java calls the system, {@code Linux} for instance
 * @param osArch what Java calls the processor
 * @param proc where the kernel tells about itself and its processes
 * @param programs directories in which the sandbox's own programs are looked for; never the search
 *     path of whoever started the agent
 */
public record Host(String osName, String osArch, Path proc, List<Path> programs) {
  private static final List<Path> PROGRAMS =
      List.of(Path.of("/usr/bin"), Path.of("/bin"), Path.of("/usr/local/bin"));

  public Host {
    programs = List.copyOf(programs);
  }

  /** This computer. */
  public static Host here() {
    return new Host(
        System.getProperty("os.name"), System.getProperty("os.arch"), Path.of("/proc"), PROGRAMS);
  }

  Optional<Path> program(String name) {
    return programs.stream()
        .map(place -> place.resolve(name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
