package org.almoner.agent.run.wasm;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
 */
public record ChildJvm(Path java) {
  private static final long MEBIBYTE = 1 << 20;

  /** Heap for the engine itself. */
  private static final long ENGINE_BYTES = 64 * MEBIBYTE;

  /** Heap for the compilation of an octet of the module. */
  private static final long BYTES_PER_MODULE_OCTET = 32;

  /** The Java machine that runs the agent. */
  public static ChildJvm sameAsThis() {
    return new ChildJvm(Path.of(System.getProperty("java.home"), "bin", "java"));
  }

  /**
   * The command for a unit. The guest's memory may have to be copied when it grows, so there is
   * heap for it twice.
   */
  List<String> command(Allotment allotment, long moduleOctets) {
    long heap = ENGINE_BYTES + 2 * allotment.memoryBytes() + BYTES_PER_MODULE_OCTET * moduleOctets;
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.addAll(
        List.of(
            "-Xmx" + heap / MEBIBYTE + "m",
            "-Xmn16m", // the guest's memory is one old object; nothing else lives long
            "-XX:+UseSerialGC",
            "-XX:CICompilerCount=2",
            "-XX:-UsePerfData",
            "-XX:+DisableAttachMechanism",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:-DontCompileHugeMethods", // a compiled function may be one
            "-Xshare:auto",
            "-cp",
            classPath(),
            WasmChildMain.class.getName()));
    return command;
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
