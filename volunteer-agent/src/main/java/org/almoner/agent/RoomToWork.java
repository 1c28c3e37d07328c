package org.almoner.agent;

import java.io.IOException;
import java.util.Optional;
import org.almoner.agent.contact.Allowance;
import org.almoner.agent.durable.Disk;
import org.almoner.protocol.lease.BlobRef;

/** Whether this computer has the disk and the octets of the day that more work takes. */
final class RoomToWork {
  /** Kept free for reports and proofs of work that is finished: 64 MiB. */
  static final long DISK_RESERVE = 64L << 20;

  private final AgentSettings settings;
  private final Disk disk;
  private final Pantry pantry;
  private final Allowance allowance;

  RoomToWork(AgentSettings settings, Disk disk, Pantry pantry, Allowance allowance) {
    this.settings = settings;
    this.disk = disk;
    this.pantry = pantry;
    this.allowance = allowance;
  }

  /** Why no more work is asked for; nothing while it may be. */
  Optional<String> none() throws IOException {
    Optional<String> full = diskFull(settings.lent().diskBytes());
    return full.isPresent() ? full : allowance.spent();
  }

  /** Why a unit that may fill so much of the disk is not started; nothing when it may be. */
  Optional<String> diskFull(long octets) throws IOException {
    long needed = octets + DISK_RESERVE;
    if (disk.free(settings.home()) >= needed) {
      return Optional.empty();
    }
    pantry.makeRoom();
    long free = disk.free(settings.home());
    return free >= needed
        ? Optional.empty()
        : Optional.of(
            "the disk that holds "
                + settings.home()
                + " has "
                + (free >> 20)
                + " MiB left, and a unit may need "
                + (needed >> 20)
                + "; nothing is lost, and work goes on when there is room");
  }

  /** Why a file of a unit will never be fetched; nothing when it may be. */
  Optional<String> tooLarge(BlobRef blob) {
    long most = allowance.daily(Allowance.Use.WORK) - Allowance.HEADERS;
    return blob.bytes() <= most
        ? Optional.empty()
        : Optional.of(
            "its file "
                + blob.name()
                + " has "
                + blob.bytes()
                + " octets, and all work of a day may move "
                + most);
  }
}
