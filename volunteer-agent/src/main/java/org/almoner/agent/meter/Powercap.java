package org.almoner.agent.meter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.almoner.protocol.usage.Energy;

/**
 * The energy counters of the processor packages, as Linux shows them. Since 2020 most systems show
 * them to their administrator alone. They begin again at 0 after some minutes of full load, so that
 * they must be read at least once a minute while it matters.
 *
 * @see <a href="https://www.kernel.org/doc/html/latest/power/powercap/powercap.html">Power Capping
 *     Framework</a>
 */
final class Powercap implements EnergyCounter {
  private final List<Zone> zones;
  private final Supplier<OptionalLong> sinceBootMs;
  private long microjoules;

  /** One package's counter, which wraps. */
  private static final class Zone {
    private final Path energy;
    private final long range;
    private long last;

    Zone(Path energy, long range, long last) {
      this.energy = energy;
      this.range = range;
      this.last = last;
    }

    long since() throws IOException {
      long now = number(energy);
      long passed = now >= last ? now - last : now + range - last;
      last = now;
      return passed;
    }
  }

  private Powercap(List<Zone> zones, Supplier<OptionalLong> sinceBootMs) {
    this.zones = zones;
    this.sinceBootMs = sinceBootMs;
  }

  /**
   * The counters below {@code sys}, which is {@code /sys} but for tests; empty when there are none
   * that this user may read.
   */
  static Optional<EnergyCounter> find(Path sys, Supplier<OptionalLong> sinceBootMs) {
    Path all = sys.resolve("class/powercap");
    List<Zone> zones = new ArrayList<>();
    if (!Files.isDirectory(all)) {
      return Optional.empty();
    }
    try (Stream<Path> entries = Files.list(all)) {
      for (Path zone : entries.sorted().toList()) {
        // Parts of a package (cores, memory) are in the package's figure already.
        if (Files.exists(zone.resolve("name"))
            && text(zone.resolve("name")).startsWith("package")) {
          Path energy = zone.resolve("energy_uj");
          zones.add(new Zone(energy, number(zone.resolve("max_energy_range_uj")), number(energy)));
        }
      }
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
    return zones.isEmpty() ? Optional.empty() : Optional.of(new Powercap(zones, sinceBootMs));
  }

  @Override
  public synchronized Optional<Level> read() {
    try {
      for (Zone zone : zones) {
        microjoules += zone.since();
      }
      return sinceBootMs.get().stream().mapToObj(ms -> new Level(ms, microjoules)).findFirst();
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  @Override
  public Energy.Tier tier() {
    return Energy.Tier.M2;
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file).strip();
  }

  private static long number(Path file) throws IOException {
    return Long.parseLong(text(file));
  }
}
