package org.almoner.agent.run.wasm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.almoner.agent.run.process.ChildResult.End;
import org.almoner.workload.wasm.WasmModule;
import org.jspecify.annotations.Nullable;
import run.endive.compiler.InterpreterFallback;
import run.endive.compiler.MachineFactoryCompiler;
import run.endive.runtime.ExportFunction;
import run.endive.runtime.GlobalInstance;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.Machine;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmEngineException;
import run.endive.wasm.types.MemoryLimits;

/**
 * A metered module in the engine: Endive, which turns it into Java byte code before it runs.
 *
 * @see <a href="https://endive.run">Endive</a>
 */
final class Guest {
  /**
   * What the engine says of a function that does not fit into a Java method, whose code has at most
   * 64 KiB.
   */
  private static final String JAVA_METHOD_LIMIT = "exceeds the Java method size limits";

  private static final String TOO_LARGE = "WASM function index:";

  private static final String TOO_DEEP = "call stack exhausted";

  /** How it ended; {@code reason} is empty when it finished. */
  record Ended(End end, int exit, long count, boolean memoryRefused, String reason) {}

  /** What makes the memory of a guest. */
  @FunctionalInterface
  interface Memories {
    GuestMemory make(MemoryLimits limits);
  }

  private final Memories memories;
  private @Nullable GuestMemory memory;
  private @Nullable Instance instance;

  private final Optional<PutAside> aside;

  /** A guest that is never put aside. */
  Guest(Memories memories) {
    this(memories, Optional.empty());
  }

  /**
   * @param aside puts the guest aside between its steps, if it can be
   */
  Guest(Memories memories, Optional<PutAside> aside) {
    this.memories = memories;
    this.aside = aside;
  }

  /**
   * Runs {@code module} to its end.
   *
   * <p>An access outside of a guarded memory is skipped, and the error thrown only at the next
   * point where the Java machine looks for such things: by then the guest may have gone on, and
   * even ended. So the end is not believed before such a point has passed; whatever came between is
   * the past of a guest that trapped.
   *
   * @throws IOException when this machine failed, not the guest
   * @throws GuestPutAside when it was put aside by somebody's wish
   */
  Ended run(byte[] module, CompiledModule compiled, Wasi wasi) throws IOException {
    try {
      Ended ended = runToEnd(module, compiled, wasi);
      settle();
      return ended;
    } catch (InternalError e) {
      if (compiled.kind() == MemoryKind.FLAT) {
        throw e;
      }
      return ended(End.TRAPPED, 0, "the guest trapped: out of bounds memory access");
    }
  }

  private static void settle() {
    LockSupport.parkNanos(1); // such a point: a call of native code
  }

  private Ended runToEnd(byte[] module, CompiledModule compiled, Wasi wasi) throws IOException {
    Instance.Builder builder;
    run.endive.wasm.WasmModule parsed;
    boolean fromFile = compiled.exists();
    try {
      parsed = Parser.parse(module);
      builder = Instance.builder(parsed).withMachineFactory(compile(parsed, compiled));
    } catch (WasmEngineException e) {
      return ended(End.REFUSED, 0, "the engine refuses the module: " + cause(e));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (RuntimeException | LinkageError e) { // its compiler fails, as at some branches
      if (fromFile) {
        throw e; // the file is spoilt, and not the module
      }
      return ended(End.REFUSED, 0, "the engine cannot compile the module: " + e);
    }
    try {
      Set<String> exports = exports(parsed);
      instance = link(builder, wasi);
      steps(instance, exports, wasi);
      return ended(End.FINISHED, 0, "");
    } catch (GuestExit e) {
      return ended(End.FINISHED, e.code() & 0xff, "");
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (WasmEngineException | ArithmeticException e) {
      return ended(End.TRAPPED, 0, "the guest trapped: " + (tooDeep() ? TOO_DEEP : cause(e)));
    } catch (StackOverflowError e) {
      return ended(End.TRAPPED, 0, "the guest trapped: " + TOO_DEEP);
    }
  }

  private static Set<String> exports(run.endive.wasm.WasmModule module) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < module.exportSection().exportCount(); i++) {
      names.add(module.exportSection().getExport(i).name());
    }
    return names;
  }

  /** Runs all of it: the start, unless that is behind it, and its steps, if it has any. */
  private void steps(Instance unit, Set<String> exports, Wasi wasi) throws IOException {
    boolean resumed = aside.isPresent() && aside.get().load(state(unit, exports, wasi));
    if (!resumed) {
      unit.export("_start").apply();
    }
    if (!exports.contains(WasmModule.STEP)) {
      return;
    }
    ExportFunction step = unit.export(WasmModule.STEP);
    do {
      if (aside.isPresent() && !resumed && aside.get().isDue()) {
        boolean last = aside.get().isWished();
        settle(); // what has trapped is not put aside
        aside.get().save(state(unit, exports, wasi));
        if (last) {
          throw new GuestPutAside();
        }
      }
      resumed = false;
    } while ((int) step.apply()[0] != 0);
  }

  private PutAside.Guest state(Instance unit, Set<String> exports, Wasi wasi) {
    List<GlobalInstance> globals = new ArrayList<>();
    for (int i = 0; exports.contains(WasmModule.STATE + i); i++) {
      globals.add(unit.exports().global(WasmModule.STATE + i));
    }
    globals.add(unit.exports().global(WasmModule.COUNTER));
    if (memory == null) {
      throw new IllegalStateException("admission refuses modules without a memory");
    }
    return new PutAside.Guest(memory, globals, wasi);
  }

  /**
   * Interpreting a function that is too large to be compiled would take hundreds of times as long,
   * so such a module is refused.
   */
  private static Function<Instance, Machine> compile(
      run.endive.wasm.WasmModule module, CompiledModule compiled) {
    MachineFactoryCompiler.Builder compiler =
        MachineFactoryCompiler.builder(module)
            .withInterpreterFallback(InterpreterFallback.FAIL)
            .withCache(compiled);
    if (!compiled.exists()) {
      compiler.compile(); // only to fill the file: what runs is what it holds
    }
    return compiler.compile();
  }

  private Instance link(Instance.Builder builder, Wasi wasi) {
    return builder
        .withMemoryFactory(
            limits -> {
              GuestMemory made = memories.make(limits);
              memory = made;
              return made;
            })
        .withImportValues(ImportValues.builder().withFunctions(wasi.functions()).build())
        .withStart(false)
        .build();
  }

  /** Whether the guest's account of its stack is overdrawn, which is why it trapped. */
  private boolean tooDeep() {
    return instance != null && (int) instance.exports().global(WasmModule.STACK).getValue() < 0;
  }

  private Ended ended(End end, int exit, String reason) {
    long count = instance == null ? 0 : instance.exports().global(WasmModule.COUNTER).getValue();
    return new Ended(end, exit, count, memory != null && memory.refusedToGrow(), reason);
  }

  private static String cause(RuntimeException e) {
    String message = String.valueOf(e.getMessage());
    int index = message.indexOf(TOO_LARGE);
    return message.contains(JAVA_METHOD_LIMIT) && index >= 0
        ? "function "
            + message.substring(index + TOO_LARGE.length()).strip()
            + " is too large for it; build with -fno-inline and link without wasm-opt"
        : message;
  }
}
