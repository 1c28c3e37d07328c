package org.almoner.agent.run.wasm;

import org.almoner.protocol.result.BundleLimits;

/**
 * What the guest may still write: octets over all files by their size, and files and directories by
 * number.
 */
final class DiskQuota {
  private long octetsLeft;
  private int nodesLeft;

  DiskQuota(BundleLimits limits) {
    this.octetsLeft = limits.octets();
    this.nodesLeft = limits.files();
  }

  /** Takes {@code octets}, or gives them back when negative. */
  void take(long octets) throws WasiFault {
    if (octets > octetsLeft) {
      throw new WasiFault(Errno.NOSPC);
    }
    octetsLeft -= octets;
  }

  void takeNode() throws WasiFault {
    if (nodesLeft == 0) {
      throw new WasiFault(Errno.NOSPC);
    }
    nodesLeft--;
  }

  void returnNode() {
    nodesLeft++;
  }
}
