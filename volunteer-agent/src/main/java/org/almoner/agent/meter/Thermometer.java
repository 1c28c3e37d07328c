package org.almoner.agent.meter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The processor's temperature: of all sensors that Linux shows for processors, the hottest.
 *
 * @see <a href="https://www.kernel.org/doc/html/latest/hwmon/sysfs-interface.html">hwmon sysfs
 *     interface</a>
 */
final class Thermometer {
  /** Names of the drivers of processors' own sensors. */
  private static final Set<String> PROCESSORS =
      Set.of(
          "coretemp",
          "k8temp",
          "k10temp",
          "zenpower",
          "via_cputemp",
          "cpu_thermal",
          "scpi_sensors",
          "soc_thermal");

  private static final Set<String> ZONES =
      Set.of("x86_pkg_temp", "cpu-thermal", "cpu_thermal", "soc-thermal", "soc_thermal");

  private static final int MILLI = 1_000;

  private final List<Path> sensors = new ArrayList<>();

  /** Looks for sensors below {@code sys}, which is {@code /sys} but for tests. */
  Thermometer(Path sys) {
    for (Path chip : entries(sys.resolve("class/hwmon"), "hwmon")) {
      if (PROCESSORS.contains(text(chip.resolve("name")))) {
        entries(chip, "temp").stream()
            .filter(file -> file.getFileName().toString().endsWith("_input"))
            .forEach(sensors::add);
      }
    }
    for (Path zone : entries(sys.resolve("class/thermal"), "thermal_zone")) {
      if (ZONES.contains(text(zone.resolve("type")))) {
        sensors.add(zone.resolve("temp"));
      }
    }
  }

  /** Degrees Celsius, rounded down; empty when no sensor tells. */
  OptionalInt celsius() {
    return sensors.stream().flatMapToInt(Thermometer::degrees).max();
  }

  private static IntStream degrees(Path sensor) {
    try {
      return IntStream.of(Integer.parseInt(text(sensor)) / MILLI);
    } catch (NumberFormatException e) {
      return IntStream.empty(); // A sensor that is asleep gives no number.
    }
  }

  private static List<Path> entries(Path folder, String prefix) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(path -> path.getFileName().toString().startsWith(prefix)).sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
