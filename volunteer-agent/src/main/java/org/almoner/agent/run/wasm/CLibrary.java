package org.almoner.agent.run.wasm;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Functions of the C library, called by {@code java.lang.foreign} of Java 22 and later; by
 * reflection, since this is compiled for Java 17.
 *
 * <p>All numbers are passed and returned as 64 bits, in which every calling convention of a 64-bit
 * Linux has its narrower ones too; the upper half of what a function of type int returns says
 * nothing.
 */
final class CLibrary {
  /** Lowest Java release that has what is needed. */
  static final int JAVA_MIN = 22;

  private final Class<?> linkers = type("Linker");
  private final Class<?> layouts = type("MemoryLayout");
  private final Class<?> segments = type("MemorySegment");
  private final Object linker = call(linkers.getMethod("nativeLinker"), null);

  CLibrary() throws ReflectiveOperationException {}

  private static Class<?> type(String name) throws ReflectiveOperationException {
    return Class.forName("java.lang.foreign." + name);
  }

  private static Object call(Method method, @Nullable Object on, Object... arguments)
      throws ReflectiveOperationException {
    try {
      return method.invoke(on, arguments);
    } catch (InvocationTargetException e) {
      throw new ReflectiveOperationException(method.getName() + ": " + e.getCause(), e);
    }
  }

  /** One function. */
  static final class Function {
    private final MethodHandle handle;

    private Function(MethodHandle handle) {
      this.handle = handle;
    }

    long call(long... arguments) throws IOException {
      try {
        return (long)
            handle.invokeWithArguments(Arrays.stream(arguments).mapToObj(Long::valueOf).toList());
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IOException("a call of the C library failed", e);
      }
    }
  }

  /** The function of this name, with this many parameters. */
  Function function(String name, int parameters) throws ReflectiveOperationException {
    Object lookup = call(linkers.getMethod("defaultLookup"), linker);
    Optional<?> symbol =
        (Optional<?>) call(type("SymbolLookup").getMethod("find", String.class), lookup, name);
    if (symbol.isEmpty()) {
      throw new NoSuchMethodException("the C library has no " + name);
    }
    Object options = Array.newInstance(type("Linker$Option"), 0);
    Method link =
        linkers.getMethod(
            "downcallHandle", segments, type("FunctionDescriptor"), options.getClass());
    return new Function(
        (MethodHandle) call(link, linker, symbol.get(), words(parameters), options));
  }

  private Object words(int parameters) throws ReflectiveOperationException {
    Object word = type("ValueLayout").getField("JAVA_LONG").get(null);
    Object list =
        Collections.nCopies(parameters, word)
            .toArray((Object[]) Array.newInstance(layouts, parameters));
    Method of = type("FunctionDescriptor").getMethod("of", layouts, list.getClass());
    return call(of, null, word, list);
  }

  /** Where the octets of {@code direct} lie, as long as it is reachable. */
  long address(ByteBuffer direct) throws ReflectiveOperationException {
    Object segment = call(segments.getMethod("ofBuffer", java.nio.Buffer.class), null, direct);
    return (long) call(segments.getMethod("address"), segment);
  }

  /** What lies at {@code address}, whether there is anything or not. */
  ByteBuffer at(long address, int octets) throws ReflectiveOperationException {
    Object nowhere = call(segments.getMethod("ofAddress", long.class), null, address);
    Object segment = call(segments.getMethod("reinterpret", long.class), nowhere, (long) octets);
    return (ByteBuffer) call(segments.getMethod("asByteBuffer"), segment);
  }
}
