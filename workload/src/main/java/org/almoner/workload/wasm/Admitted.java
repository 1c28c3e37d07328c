package org.almoner.workload.wasm;

import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/**
 * A module that was checked and metered. Holding one is the proof: only {@link WasmModule#admit}
 * makes them.
 */
public final class Admitted {
  private final Hash original;
  private final Bytes metered;
  private final Stepping stepping;

  Admitted(Hash original, Bytes metered, Stepping stepping) {
    this.original = original;
    this.metered = metered;
    this.stepping = stepping;
  }

  /**
   * SHA-256 of the module as its owner published it; with the meter version, the name of what runs.
   */
  public Hash original() {
    return original;
  }

  /** The module with its counter, which an engine runs. */
  public Bytes metered() {
    return metered;
  }

  /** The rule by which the counter counts. */
  public String meterVersion() {
    return WasmModule.METER_VERSION;
  }

  /** Whether it runs in steps, and can be put aside between them. */
  public Stepping stepping() {
    return stepping;
  }
}
