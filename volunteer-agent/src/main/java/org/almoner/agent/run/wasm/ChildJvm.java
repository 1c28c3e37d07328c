package org.almoner.agent.run.wasm;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.almoner.agent.run.process.Ceiling;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.lease.Allotment;
import org.almoner.workload.wasm.WasmModule;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.util.CheckClassAdapter;
import run.endive.compiler.MachineFactoryCompiler;
import run.endive.runtime.Instance;
import run.endive.wasm.Parser;

/**
 * The Java machine a unit runs in, and its command line.
 *
 * @param java the {@code java} program, of release 17 or later
 * @param guarded whether guests have a guarded memory there
 */
public record ChildJvm(Path java, boolean guarded) {
  private static final long MEBIBYTE = 1 << 20;

  /** Heap for the engine itself. */
  private static final long ENGINE_BYTES = 64 * MEBIBYTE;

  /** Heap for the compilation of an octet of the module. */
  private static final long BYTES_PER_MODULE_OCTET = 32;

  /** What the classes made of a module take: 128 MiB, and so much for each octet of the module. */
  private static final long CLASSES_BYTES = 128 * MEBIBYTE;

  private static final long CLASSES_BYTES_PER_MODULE_OCTET = 32;

  /** Code that the Java machine's compilers make: 240 MiB; with more they stop compiling. */
  private static final long CODE_BYTES = 240 * MEBIBYTE;

  /**
   * What the Java machine has beside all that and no option bounds: its compilers while they
   * compile a large function, its threads' stacks, itself. 768 MiB, of which the guest's stack may
   * be a third.
   */
  private static final long MACHINE_BYTES = 768 * MEBIBYTE;

  private static final long TRIAL_S = 60;

  /**
   * Calls of the C library, accesses to addresses of the process, and what keeps the Java machine's
   * own heap and classes out of the addresses that {@link GuardedArea} would like best.
   */
  static final List<String> GUARDED_OPTIONS =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
          "-XX:HeapBaseMinAddress=" + GuardedArea.END_OF_LOW,
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:+IgnoreUnrecognizedVMOptions", // a later release may lack the next
          "-XX:ArchiveRelocationMode=0"); // the classes at 32 GiB, not anywhere below 4 GiB

  /** The Java machine that runs the agent, as every release can run a unit. */
  public static ChildJvm sameAsThis() {
    return new ChildJvm(Path.of(System.getProperty("java.home"), "bin", "java"), false);
  }

  /**
   * The Java machine of {@code java}, with guarded memory if that works here.
   *
   * @param java a {@code java} program of any release from 17 on
   */
  public static ChildJvm of(Path java) throws IOException, InterruptedException {
    return new ChildJvm(java, false).guardedIfPossible().orElse(new ChildJvm(java, false));
  }

  /** The same with guarded memory; empty where a trial shows that it does not work. */
  Optional<ChildJvm> guardedIfPossible() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.addAll(GUARDED_OPTIONS);
    command.addAll(
        List.of(
            "-Xmx16m", "-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=/dev/null", "-Xshare:auto"));
    command.addAll(List.of("-cp", classPath(), GuardTrialMain.class.getName()));
    Process trial =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      boolean works =
          trial.waitFor(TRIAL_S, TimeUnit.SECONDS) && trial.exitValue() == GuardTrialMain.WORKS;
      return works ? Optional.of(new ChildJvm(java, true)) : Optional.empty();
    } finally {
      trial.destroyForcibly();
    }
  }

  /** What it is, for people: release, kind of memory and program. */
  public String title() {
    return "Java "
        + JavaHomes.versionOf(java).orElse("of unknown release")
        + ", "
        + memory().text()
        + " memory ("
        + java
        + ")";
  }

  MemoryKind memory() {
    return guarded ? MemoryKind.GUARDED : MemoryKind.FLAT;
  }

  /**
   * The command for a unit. A flat memory is on the heap and may have to be copied when it grows,
   * so there is room for it twice.
   */
  List<String> command(Allotment allotment, long moduleOctets) {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    if (guarded) {
      command.addAll(GUARDED_OPTIONS);
    }
    command.addAll(
        List.of(
            "-Xmx" + heapBytes(allotment, moduleOctets) / MEBIBYTE + "m",
            "-XX:MaxMetaspaceSize=" + classesBytes(moduleOctets) / MEBIBYTE + "m",
            "-XX:ReservedCodeCacheSize=" + CODE_BYTES / MEBIBYTE + "m",
            "-Xmn16m", // a flat memory is one old object; nothing else lives long
            "-XX:+UseSerialGC",
            "-XX:CICompilerCount=2",
            "-XX:-UsePerfData",
            "-XX:+DisableAttachMechanism",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:-DontCompileHugeMethods", // a compiled function may be one
            "-XX:-ClipInlining", // in such a one, loads and stores would stay calls
            "-Xshare:auto",
            "-cp",
            classPath(),
            WasmChildMain.class.getName(),
            memory().name()));
    return command;
  }

  private long heapBytes(Allotment allotment, long moduleOctets) {
    long memory = guarded ? 0 : 2 * allotment.memoryBytes();
    return ENGINE_BYTES + memory + BYTES_PER_MODULE_OCTET * moduleOctets;
  }

  private static long classesBytes(long moduleOctets) {
    return CLASSES_BYTES + CLASSES_BYTES_PER_MODULE_OCTET * moduleOctets;
  }

  /**
   * All that the process of a unit may take; what is more is a module made to have it take more.
   */
  Ceiling ceiling(Allotment allotment, long moduleOctets) {
    long guest = guarded ? allotment.memoryBytes() : 0;
    return new Ceiling(
        heapBytes(allotment, moduleOctets)
            + guest
            + classesBytes(moduleOctets)
            + CODE_BYTES
            + MACHINE_BYTES);
  }

  /**
   * Only what the process needs: the agent's own class path may be long and its order different.
   */
  private static String classPath() {
    Set<String> places = new LinkedHashSet<>();
    for (Class<?> needed :
        List.of(
            WasmChildMain.class,
            WasmModule.class,
            Hash.class,
            Instance.class,
            Parser.class,
            MachineFactoryCompiler.class,
            ClassWriter.class,
            ClassRemapper.class,
            ClassNode.class,
            Analyzer.class,
            CheckClassAdapter.class)) {
      places.add(place(needed));
    }
    return String.join(File.pathSeparator, places);
  }

  private static String place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the place of " + type + " is no path", e);
    }
  }
}
