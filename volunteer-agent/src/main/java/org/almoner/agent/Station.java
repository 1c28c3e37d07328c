package org.almoner.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.almoner.agent.durable.Disk;
import org.almoner.agent.durable.NeedsOwner;
import org.almoner.agent.durable.SetAside;
import org.almoner.agent.enrolment.Introduction;
import org.almoner.agent.lease.HeldLease;
import org.almoner.agent.lease.LeasesInHand;
import org.almoner.agent.origin.LogKeys;
import org.almoner.agent.origin.Pinned;
import org.almoner.agent.outbox.Chain;
import org.almoner.agent.outbox.Outbox;
import org.almoner.agent.proof.AgentShelf;
import org.almoner.agent.proof.CheckpointKeeper;
import org.almoner.agent.proof.KeptReceipt;
import org.almoner.agent.proof.LogSource;
import org.almoner.agent.proof.ReceiptCheck;
import org.almoner.agent.sign.AgentKey;

/** Everything the agent keeps for one coordinator, in the directory of its origin. */
record Station(
    Pinned coordinator,
    AgentKey key,
    Introduction introduction,
    LeasesInHand leases,
    Outbox outbox,
    AgentShelf shelf,
    CheckpointKeeper keeper,
    ReceiptCheck check) {
  /** Files that go with one key lie here; the pin, the checkpoint and the evidence do not. */
  private static final String SELF = AgentShelf.IN_USE;

  /**
   * Opens what is there, tidied up after a crash, and makes what is not.
   *
   * @param home directory of the origin
   * @param aside where damaged records go; each costs itself
   */
  static Station open(
      Path home, Disk disk, Pinned coordinator, SecureRandom random, LogSource log, SetAside aside)
      throws IOException {
    Path directory = home.resolve(SELF);
    disk.makeDirectory(directory);
    String origin = coordinator.origin();
    AgentKey key = AgentKey.openOrCreate(directory, disk, random);
    AgentShelf shelf = new AgentShelf(directory.resolve(AgentShelf.DIRECTORY), disk, coordinator);
    Outbox outbox = outbox(directory.resolve("outbox"), disk, origin, key, shelf, aside);
    LeasesInHand leases =
        LeasesInHand.open(directory.resolve("leases"), disk, coordinator, key.id(), aside);
    for (HeldLease lease : leases.list()) {
      // Finished and noted; only the lease was not yet let go.
      if (outbox.holds(lease.id())) {
        leases.drop(lease.id());
      }
    }
    CheckpointKeeper keeper =
        CheckpointKeeper.open(home, disk, LogKeys.open(home, disk, coordinator), log, log);
    Introduction introduction = introduction(home, disk, coordinator, key);
    introduction.mend(aside);
    return new Station(
        coordinator,
        key,
        introduction,
        leases,
        outbox,
        shelf,
        keeper,
        new ReceiptCheck(origin, keeper, log));
  }

  /** The part that another process may write to while the agent runs. */
  static Introduction introduction(Path home, Disk disk, Pinned coordinator, AgentKey key)
      throws IOException {
    Path directory = home.resolve(SELF).resolve("introduction");
    return new Introduction(directory, disk, coordinator.origin(), key);
  }

  /** Whether the agent that works here has a key. */
  static boolean hasKey(Path home) {
    return Files.exists(home.resolve(SELF).resolve(AgentKey.FILE));
  }

  /** The key of the agent that works here. */
  static AgentKey key(Path home, Disk disk, SecureRandom random) throws IOException {
    return AgentKey.openOrCreate(home.resolve(SELF), disk, random);
  }

  /**
   * Puts a key that is used no more aside with all that it signed and proved; the next {@link
   * #open} makes another.
   */
  void retire(Path home, Disk disk) throws IOException {
    Path retired = home.resolve(AgentShelf.RETIRED);
    disk.makeDirectory(retired);
    disk.moveDirectory(home.resolve(SELF), retired.resolve(key.id().toHex()));
  }

  private static Outbox outbox(
      Path directory, Disk disk, String origin, AgentKey key, AgentShelf shelf, SetAside aside)
      throws IOException {
    long newest = shelf.mend(aside);
    Outbox outbox = Outbox.open(directory, disk, origin, key, chain(shelf), aside);
    long next = outbox.chain().seq();
    if (next <= newest && !outbox.isOnItsWay(next)) {
      throw new NeedsOwner(
          "report "
              + newest
              + " is in the log, but no file tells any more how the next one continues it, and one"
              + " that does not ends this computer's key; restore "
              + directory
              + " from a copy, or delete all of "
              + directory.getParent()
              + " to start with a new key");
    }
    return outbox;
  }

  private static Chain chain(AgentShelf shelf) throws IOException {
    List<Long> numbers = shelf.list();
    if (numbers.isEmpty()) {
      return Chain.START;
    }
    long last = numbers.get(numbers.size() - 1);
    KeptReceipt newest = shelf.report(last).orElseThrow();
    return Chain.after(last, newest.record().digest());
  }
}
