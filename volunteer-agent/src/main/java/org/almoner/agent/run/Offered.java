package org.almoner.agent.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.almoner.protocol.lease.BlobRef;
import org.almoner.protocol.lease.Built;
import org.almoner.protocol.lease.Engine;
import org.almoner.protocol.lease.Platform;
import org.almoner.protocol.lease.PlatformFiles;
import org.almoner.protocol.lease.Program;
import org.almoner.protocol.result.BundlePath;

/**
 * What this computer offers to run units on.
 *
 * @param list engines that work here, none twice
 * @param platforms of which it runs native programs; none without {@link Engine#NATIVE}
 * @param wantsBuilt whether what owners compiled ahead of time is of use: not where this computer
 *     compiles modules itself, and not without {@link Engine#FAST}
 * @param here the platform this computer is of, none or one
 */
public record Offered(
    List<Engine> list, List<Platform> platforms, boolean wantsBuilt, List<Platform> here) {
  /** Wasm in a Java machine, and nothing else. */
  public static final Offered PORTABLE_ONLY =
      new Offered(List.of(Engine.PORTABLE), List.of(), false, List.of());

  /** Copies the lists. */
  public Offered {
    list = List.copyOf(list);
    platforms = List.copyOf(platforms);
    here = List.copyOf(here);
  }

  /** Why the program cannot be run here; empty when it can. */
  public Optional<String> cannotRun(Program program) {
    if (program instanceof Program.Native programs) {
      return files(programs).isPresent()
          ? Optional.empty()
          : Optional.of(
              "it is a native program for "
                  + programs.platforms().stream().map(p -> p.platform().text()).toList()
                  + ", and this computer runs those of "
                  + platforms);
    }
    return list.contains(Engine.PORTABLE) || list.contains(Engine.FAST)
        ? Optional.empty()
        : Optional.of("this computer has no engine for Wasm modules");
  }

  /** The files of a program that are needed here. */
  public List<BlobRef> filesOf(Program program) {
    if (program instanceof Program.Wasm wasm) {
      List<BlobRef> files = new ArrayList<>();
      files.add(wasm.wasm());
      built(wasm).ifPresent(b -> files.add(b.file()));
      return files;
    }
    return files((Program.Native) program).map(PlatformFiles::files).orElse(List.of());
  }

  /**
   * The program as files of this computer.
   *
   * @param files where each of {@link #filesOf} lies
   */
  public Software software(Program program, Function<BlobRef, Path> files) {
    if (program instanceof Program.Wasm wasm) {
      return new Software.Wasm(
          files.apply(wasm.wasm()),
          built(wasm).map(Built::file).map(files).map(List::of).orElse(List.of()));
    }
    List<BlobRef> refs = filesOf(program);
    Map<BundlePath, Path> paths = new LinkedHashMap<>();
    refs.forEach(ref -> paths.put(new BundlePath(ref.name()), files.apply(ref)));
    return new Software.Program(new BundlePath(refs.get(0).name()), paths);
  }

  private Optional<Built> built(Program.Wasm wasm) {
    return wantsBuilt
        ? here.stream().flatMap(p -> wasm.builtFor(p).stream()).findFirst()
        : Optional.empty();
  }

  private Optional<PlatformFiles> files(Program.Native programs) {
    return platforms.stream().flatMap(p -> programs.on(p).stream()).findFirst();
  }
}
