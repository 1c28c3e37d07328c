package org.almoner.protocol.usage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.lease.Engine;
import org.almoner.protocol.lease.LeaseId;

/**
 * What one lease took, as its agent measured it, and what came out.
 *
 * @param lease which replica of which unit
 * @param grant SHA-256 of the payload of the grant that allotted it
 * @param release digest of the signed release that ran
 * @param meter version of the rule by which instructions were counted
 * @param startMs first sample, milliseconds since 1970 UTC, agent's clock
 * @param endMs last sample, same clock, not before {@code startMs}
 * @param wallMs time between them by a monotonic clock
 * @param cpuMs user and system time of the unit's process tree
 * @param memPeakBytes largest resident memory of the process tree
 * @param memMeanBytes mean resident memory over the samples
 * @param memReservedBytes memory set aside for the unit
 * @param gpus graphics devices that worked for it
 * @param count instructions executed by the guest, by the rule {@code meter}
 * @param output SHA-256 of the output bundle
 * @param held shows that the agent had the bundle's octets, see {@link Held}
 * @param exit the guest's exit code; 0 is success
 * @param energies none or one reading
 * @param disks none or one reading
 * @param engines what ran it; none when the agent does not say
 */
public record UsageLine(
    LeaseId lease,
    Hash grant,
    Hash release,
    String meter,
    long startMs,
    long endMs,
    long wallMs,
    long cpuMs,
    long memPeakBytes,
    long memMeanBytes,
    long memReservedBytes,
    List<GpuUse> gpus,
    long count,
    Hash output,
    Hash held,
    int exit,
    List<Energy> energies,
    List<DiskUse> disks,
    List<Engine> engines) {
  /** Most graphics devices in one line. */
  public static final int GPUS_MAX = 16;

  /** Largest exit code a guest can give: an unsigned octet, and 256 for a guest that trapped. */
  public static final int EXIT_MAX = 256;

  private static final long MAX = JsonValue.INTEGER_MAX;

  /** Refuses what cannot be. */
  public UsageLine {
    gpus = List.copyOf(gpus);
    energies = List.copyOf(energies);
    disks = List.copyOf(disks);
    engines = List.copyOf(engines);
    if (endMs < startMs) {
      throw new IllegalArgumentException("endMs " + endMs + " lies before startMs " + startMs);
    }
    if (memMeanBytes > memPeakBytes) {
      throw new IllegalArgumentException(
          "memMeanBytes " + memMeanBytes + " exceeds memPeakBytes " + memPeakBytes);
    }
    if (energies.size() > 1 || disks.size() > 1 || engines.size() > 1) {
      throw new IllegalArgumentException("at most one energy, disk and engine a line");
    }
  }

  /** A line that says nothing of disk and engine. */
  public UsageLine(
      LeaseId lease,
      Hash grant,
      Hash release,
      String meter,
      long startMs,
      long endMs,
      long wallMs,
      long cpuMs,
      long memPeakBytes,
      long memMeanBytes,
      long memReservedBytes,
      List<GpuUse> gpus,
      long count,
      Hash output,
      Hash held,
      int exit,
      List<Energy> energies) {
    this(
        lease,
        grant,
        release,
        meter,
        startMs,
        endMs,
        wallMs,
        cpuMs,
        memPeakBytes,
        memMeanBytes,
        memReservedBytes,
        gpus,
        count,
        output,
        held,
        exit,
        energies,
        List.of(),
        List.of());
  }

  /** What ran it, where its agent says so. */
  public Optional<Engine> engine() {
    return engines.stream().findFirst();
  }

  /** The energy reading, where the machine offers one. */
  public Optional<Energy> energy() {
    return energies.stream().findFirst();
  }

  /** Reads one line of a report. */
  public static UsageLine parse(JsonFields fields) throws MalformedJson {
    LeaseId lease = LeaseId.parse(fields);
    long startMs = fields.integer("startMs", 0, MAX);
    long endMs = fields.integer("endMs", 0, MAX);
    if (endMs < startMs) {
      throw fields.at("endMs", endMs + " lies before startMs " + startMs);
    }
    long peak = fields.integer("memPeakBytes", 0, MAX);
    long mean = fields.integer("memMeanBytes", 0, MAX);
    if (mean > peak) {
      throw fields.at("memMeanBytes", mean + " exceeds memPeakBytes " + peak);
    }
    UsageLine line =
        new UsageLine(
            lease,
            fields.hash("grant"),
            fields.hash("release"),
            fields.text("meter", 100),
            startMs,
            endMs,
            fields.integer("wallMs", 0, MAX),
            fields.integer("cpuMs", 0, MAX),
            peak,
            mean,
            fields.integer("memReservedBytes", 0, MAX),
            parseGpus(fields),
            fields.integer("count", 0, MAX),
            fields.hash("output"),
            fields.hash("held"),
            fields.smallInteger("exit", 0, EXIT_MAX),
            parseEnergies(fields),
            parseDisks(fields),
            fields.has("engine") ? List.of(fields.parsed("engine", Engine::parse)) : List.of());
    fields.end();
    return line;
  }

  /** One object a line; what is not known is left out. */
  public JsonValue.Obj toJson() {
    JsonValue.Builder out =
        lease
            .writeTo(JsonValue.Obj.of())
            .put("grant", grant.toHex())
            .put("release", release.toHex())
            .put("meter", meter)
            .put("startMs", startMs)
            .put("endMs", endMs)
            .put("wallMs", wallMs)
            .put("cpuMs", cpuMs)
            .put("memPeakBytes", memPeakBytes)
            .put("memMeanBytes", memMeanBytes)
            .put("memReservedBytes", memReservedBytes)
            .put("count", count)
            .put("output", output.toHex())
            .put("held", held.toHex())
            .put("exit", exit);
    if (!gpus.isEmpty()) {
      out.put("gpus", gpus.stream().map(UsageLine::gpuJson).toList());
    }
    for (Energy energy : energies) {
      out.put(
          "energy",
          JsonValue.Obj.of()
              .put("joules", energy.joules())
              .put("tier", energy.tier().name())
              .build());
    }
    for (DiskUse disk : disks) {
      out.put(
          "disk",
          JsonValue.Obj.of()
              .put("readBytes", disk.readBytes())
              .put("writtenBytes", disk.writtenBytes())
              .build());
    }
    engines.forEach(engine -> out.put("engine", engine.text()));
    return out.build();
  }

  private static JsonValue.Obj gpuJson(GpuUse gpu) {
    return JsonValue.Obj.of().put("device", gpu.device()).put("ms", gpu.ms()).build();
  }

  private static List<GpuUse> parseGpus(JsonFields fields) throws MalformedJson {
    List<GpuUse> gpus = new ArrayList<>();
    if (fields.has("gpus")) {
      for (JsonFields gpu : fields.objects("gpus", 1, GPUS_MAX)) {
        gpus.add(new GpuUse(gpu.text("device", GpuUse.DEVICE_MAX), gpu.integer("ms", 0, MAX)));
        gpu.end();
      }
    }
    return gpus;
  }

  private static List<DiskUse> parseDisks(JsonFields fields) throws MalformedJson {
    if (!fields.has("disk")) {
      return List.of();
    }
    JsonFields disk = fields.object("disk");
    DiskUse use =
        new DiskUse(disk.integer("readBytes", 0, MAX), disk.integer("writtenBytes", 0, MAX));
    disk.end();
    return List.of(use);
  }

  private static List<Energy> parseEnergies(JsonFields fields) throws MalformedJson {
    if (!fields.has("energy")) {
      return List.of();
    }
    JsonFields energy = fields.object("energy");
    long joules = energy.integer("joules", 0, MAX);
    String tier = energy.text("tier", 2);
    energy.end();
    for (Energy.Tier known : Energy.Tier.values()) {
      if (known.name().equals(tier)) {
        return List.of(new Energy(joules, known));
      }
    }
    throw energy.at("tier", "expected M1, M2, M3 or M4, got " + tier);
  }
}
