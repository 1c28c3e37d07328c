package org.almoner.command;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almoner.agent.durable.Disk;
import org.almoner.agent.durable.FsyncDisk;
import org.almoner.agent.origin.CoordinatorAddress;
import org.almoner.agent.origin.PinBook;
import org.almoner.agent.origin.Pinned;
import org.almoner.agent.proof.AgentShelf;
import org.almoner.agent.proof.KeptReceipt;

/** The receipts that an agent keeps on its disk, read beside it. */
final class Shelves {
  private Shelves() {}

  /** Every receipt of a usage report that the agent in {@code home} holds by now. */
  static List<KeptReceipt> reports(Path home, URI coordinator) throws IOException {
    Disk disk = new FsyncDisk();
    PinBook pins = new PinBook(home, disk);
    Optional<Pinned> pinned = pins.at(CoordinatorAddress.parse(coordinator.toString()));
    List<KeptReceipt> receipts = new ArrayList<>();
    if (pinned.isPresent()) {
      AgentShelf shelf = AgentShelf.current(pins.directory(pinned.get()), disk, pinned.get());
      for (long number : shelf.list()) {
        shelf.report(number).ifPresent(receipts::add);
      }
    }
    return receipts;
  }
}
