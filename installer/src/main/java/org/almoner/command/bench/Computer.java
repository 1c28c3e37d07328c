package org.almoner.command.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The computer that was measured; coordinator and load share it.
 *
 * @param cpu model of the processor as the system names it
 * @param cores processors that Java may use
 * @param memoryBytes physical memory
 * @param java version and vendor, the same for both processes
 * @param os name, version and architecture
 * @param loadAverage runnable threads over the minute before the load began; negative where the
 *     system does not tell. Much above zero means that others were at work and the figures are low.
 */
public record Computer(
    String cpu, int cores, long memoryBytes, String java, String os, double loadAverage) {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  /** This one. */
  public static Computer here() throws IOException {
    var system = ManagementFactory.getOperatingSystemMXBean();
    long memory =
        system instanceof com.sun.management.OperatingSystemMXBean known
            ? known.getTotalMemorySize()
            : 0;
    return new Computer(
        cpu(system.getArch()),
        system.getAvailableProcessors(),
        memory,
        Runtime.version() + ", " + System.getProperty("java.vendor"),
        system.getName() + " " + system.getVersion() + ", " + system.getArch(),
        system.getSystemLoadAverage());
  }

  private static String cpu(String otherwise) throws IOException {
    if (!Files.isReadable(CPU_INFO)) {
      return otherwise;
    }
    List<String> lines = Files.readAllLines(CPU_INFO, StandardCharsets.UTF_8);
    return lines.stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(otherwise);
  }

  /** One object. */
  public String toJson() {
    Map<String, String> machine = new LinkedHashMap<>();
    machine.put("cpu", FigureJson.text(cpu));
    machine.put("cores", Integer.toString(cores));
    machine.put("memory_bytes", Long.toString(memoryBytes));
    machine.put("java", FigureJson.text(java));
    machine.put("os", FigureJson.text(os));
    machine.put("load_average", FigureJson.number(loadAverage));
    return FigureJson.object(machine);
  }

  /** One line for people. */
  public String toText() {
    return String.format(
        Locale.ROOT,
        "machine     %s, %d cores, %.0f GiB; Java %s; %s; load average before %.1f",
        cpu,
        cores,
        memoryBytes / (double) (1L << 30),
        java,
        os,
        loadAverage);
  }
}
