package org.almoner.agent.run.wasm;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.util.concurrent.locks.LockSupport;
import run.endive.runtime.Memory;

/**
 * Tries, in a process of its own, whether this Java machine on this system keeps what a {@link
 * GuardedMemory} needs: an access inside works, and one outside is an error, not the end of the
 * process. Also that the Java machine has the modules a unit's process needs.
 *
 * <p>Ends with code {@value #WORKS} if so.
 */
final class GuardTrialMain {
  /** A code that nothing else ends with. */
  static final int WORKS = 42;

  private static final int FAILED = 1;

  private GuardTrialMain() {}

  /** Takes no arguments. */
  public static void main(String[] args) throws Throwable {
    Runtime.getRuntime().halt(works() ? WORKS : FAILED);
  }

  private static boolean works() throws Throwable {
    ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
        .getProcessCpuTime();
    GuardedArea area = new GuardedArea();
    area.resize(Memory.PAGE_SIZE);
    area.octets().putInt(Memory.PAGE_SIZE - Integer.BYTES, WORKS);
    MethodHandle read = reader();
    long last = area.address() + Memory.PAGE_SIZE - Integer.BYTES;
    return (int) read.invoke(last) == WORKS && faults(read, last + 1);
  }

  private static MethodHandle reader() throws ReflectiveOperationException {
    Class<?> type = Class.forName("jdk.internal.misc.Unsafe");
    Object unsafe = type.getMethod("getUnsafe").invoke(null);
    return MethodHandles.lookup()
        .findVirtual(type, "getInt", MethodType.methodType(int.class, long.class))
        .bindTo(unsafe);
  }

  private static boolean faults(MethodHandle read, long at) throws Throwable {
    try {
      read.invoke(at);
      LockSupport.parkNanos(1);
      return false;
    } catch (InternalError e) {
      return true;
    }
  }
}
