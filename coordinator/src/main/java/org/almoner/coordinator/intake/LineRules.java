package org.almoner.coordinator.intake;

import org.almoner.coordinator.batch.Batch;
import org.almoner.coordinator.dispatch.OpenGrant;
import org.almoner.coordinator.enrolment.Agent;
import org.almoner.ledger.entry.Rates;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.lease.LeaseId;
import org.almoner.protocol.usage.UsageLine;

/** What a usage line may state, given its lease and its agent's machine: pure rules. */
public final class LineRules {
  /** How far an agent's clock may differ from the coordinator's, in milliseconds: one minute. */
  public static final long CLOCK_TOLERANCE_MS = 60_000;

  /**
   * Time a line may state beyond what is possible, in milliseconds: CPU and wall time are read in
   * steps, and not at the same moment.
   */
  public static final long STEP_TOLERANCE_MS = 500;

  /** More power than any processor's share takes, in watts for one granted core: 100. */
  static final long WATTS_PER_CORE_MAX = 100;

  /** More power than any graphics device takes, in watts: 1,500. */
  static final long WATTS_PER_GPU_MAX = 1_500;

  private LineRules() {}

  /** The line must name what was granted. */
  static void checkGranted(UsageLine line, OpenGrant grant, Hash grantDigest, Batch batch) {
    LeaseId lease = line.lease();
    if (!line.grant().equals(grantDigest)) {
      throw Refusals.mismatch(lease, "grant", line.grant().toHex(), grantDigest.toHex());
    }
    if (!line.release().equals(batch.spec().release())) {
      throw Refusals.mismatch(
          lease, "release", line.release().toHex(), batch.spec().release().toHex());
    }
    if (!line.meter().equals(grant.meter())) {
      throw Refusals.mismatch(lease, "meter", line.meter(), grant.meter());
    }
  }

  /** The line must lie between its grant and now. */
  static void checkTime(UsageLine line, long issuedMs, long nowMs) {
    LeaseId lease = line.lease();
    if (line.startMs() < issuedMs - CLOCK_TOLERANCE_MS) {
      throw Refusals.implausible(
          lease,
          "time-outside-lease",
          "Start outside the lease",
          "startMs "
              + line.startMs()
              + ", "
              + (issuedMs - line.startMs())
              + " ms before its grant at "
              + issuedMs
              + clockRemedy("behind"));
    }
    if (line.endMs() > nowMs + CLOCK_TOLERANCE_MS) {
      throw Refusals.implausible(
          lease,
          "time-outside-lease",
          "End outside the lease",
          "endMs "
              + line.endMs()
              + ", "
              + (line.endMs() - nowMs)
              + " ms later than now, "
              + nowMs
              + clockRemedy("ahead"));
    }
    long span = nowMs - issuedMs;
    if (line.wallMs() > span + STEP_TOLERANCE_MS) {
      throw Refusals.implausible(
          lease,
          "time-beyond-lease",
          "Longer than the lease",
          "wallMs " + line.wallMs() + "; only " + span + " ms have passed since its grant");
    }
  }

  private static String clockRemedy(String offset) {
    return "; the computer's clock is "
        + offset
        + " by that, and "
        + CLOCK_TOLERANCE_MS
        + " ms are taken: set it by a time server, leave this line out and report the next unit";
  }

  /** The line must not count more instructions than any processor executes in its time. */
  static void checkSpeed(UsageLine line) {
    long most = countMost(line);
    if (line.count() > most) {
      throw Refusals.implausible(
          line.lease(),
          "count-beyond-speed",
          "More instructions than possible",
          "count "
              + line.count()
              + "; in its "
              + line.cpuMs()
              + " ms of processor time no processor executes more than "
              + most);
    }
  }

  /** Most instructions that any processor executes in the line's processor time. */
  static long countMost(UsageLine line) {
    long ms = Math.min(line.cpuMs() + STEP_TOLERANCE_MS, Long.MAX_VALUE / Rates.RATE_MAX);
    return Rates.RATE_MAX * ms;
  }

  /** The line must not state more than the machine and the grant allow. */
  static void checkMachine(UsageLine line, int cores, Agent agent) {
    LeaseId lease = line.lease();
    if (line.cpuMs() > cpuMsMost(line, cores)) {
      throw Refusals.implausible(
          lease,
          "cpu-beyond-wall",
          "More CPU time than possible",
          "cpuMs "
              + line.cpuMs()
              + "; "
              + cores
              + " granted cores give at most wallMs "
              + line.wallMs()
              + " times that");
    }
    if (line.memPeakBytes() > agent.memoryBytes()) {
      throw Refusals.implausible(
          lease,
          "memory-beyond-machine",
          "More memory than the machine has",
          "memPeakBytes "
              + line.memPeakBytes()
              + "; the machine was enrolled with "
              + agent.memoryBytes());
    }
  }

  /** The line must not state that more was set aside for its unit than the batch allots. */
  static void checkAllotment(UsageLine line, Batch batch) {
    LeaseId lease = line.lease();
    long memoryBytes = batch.spec().allotment().memoryBytes();
    if (line.memReservedBytes() > memoryBytes) {
      throw Refusals.implausible(
          lease,
          "memory-beyond-allotment",
          "More memory than allotted",
          "memReservedBytes " + line.memReservedBytes() + "; the unit was allotted " + memoryBytes);
    }
    if (batch.release().program().isCounted() && !line.gpus().isEmpty()) {
      throw Refusals.implausible(
          lease,
          "device-not-allotted",
          "A device that no unit was given",
          line.gpus().size()
              + " gpus, the first "
              + line.gpus().get(0).ms()
              + " ms; a unit of runtime wasm is given none, leave the field out");
    }
  }

  /** Most processor time that {@code cores} granted cores give the line, in milliseconds. */
  public static long cpuMsMost(UsageLine line, int cores) {
    return line.wallMs() * cores + STEP_TOLERANCE_MS;
  }

  /** Most energy that the line's time on {@code cores} and its devices takes, in joules. */
  public static long joulesMost(UsageLine line, int cores) {
    long watts = cores * WATTS_PER_CORE_MAX + line.gpus().size() * WATTS_PER_GPU_MAX;
    return (line.wallMs() + STEP_TOLERANCE_MS) * watts / 1_000;
  }

  /** The line must not state more energy than its processors and devices could have taken. */
  static void checkEnergy(UsageLine line, int cores) {
    long most = joulesMost(line, cores);
    if (line.energy().isPresent() && line.energy().get().joules() > most) {
      throw Refusals.implausible(
          line.lease(),
          "energy-beyond-power",
          "More energy than possible",
          line.energy().get().joules()
              + " joules; "
              + line.wallMs()
              + " ms on "
              + cores
              + " granted cores and "
              + line.gpus().size()
              + " graphics devices take at most "
              + most);
    }
  }
}
