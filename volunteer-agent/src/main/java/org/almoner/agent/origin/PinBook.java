package org.almoner.agent.origin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.almoner.agent.durable.Disk;
import org.almoner.agent.durable.KeptTwice;
import org.almoner.protocol.bytes.Hash;

/**
 * Remembers, for each address and for each origin, the keys that were shown first.
 *
 * <p>One file an address ({@code addresses/}) and one an origin ({@code pinned.json} in the
 * origin's own directory), so that neither a log that moves to another name nor one that takes
 * other keys goes unseen. Each is kept twice.
 */
public final class PinBook {
  private final Path home;
  private final Disk disk;

  /** Keeps its files below {@code home}. */
  public PinBook(Path home, Disk disk) {
    this.home = home;
    this.disk = disk;
  }

  /** Who was met at this address, if anyone. */
  public Optional<Pinned> at(CoordinatorAddress address) throws IOException {
    return KeptTwice.read(disk, addressFile(address), Pinned::parse);
  }

  /** Where everything of this origin is kept: key, outbox, proofs. */
  public Path directory(Pinned pinned) {
    return home.resolve("origins").resolve(pinned.directoryName());
  }

  /**
   * Remembers who is at the address, or checks that it is still the same. A log key that the one
   * shown first led to counts as the same, once {@link LogKeys} has it.
   *
   * @throws ChangedIdentity when it is not
   */
  public void meet(CoordinatorAddress address, Pinned shown) throws IOException, ChangedIdentity {
    Path ofAddress = addressFile(address);
    Path ofOrigin = directory(shown).resolve("pinned.json");
    Optional<Pinned> before = KeptTwice.mend(disk, ofAddress, Pinned::parse);
    if (before.isPresent()) {
      same(before.get(), shown, address, ofAddress);
    }
    Optional<Pinned> elsewhere = KeptTwice.mend(disk, ofOrigin, Pinned::parse);
    if (elsewhere.isPresent()) {
      same(elsewhere.get(), shown, address, ofOrigin);
    }
    if (elsewhere.isEmpty()) {
      disk.makeDirectory(directory(shown));
      KeptTwice.write(disk, ofOrigin, shown.toJson());
    }
    if (before.isEmpty()) {
      disk.makeDirectory(home.resolve("addresses"));
      KeptTwice.write(disk, ofAddress, shown.toJson());
    }
  }

  private void same(Pinned before, Pinned shown, CoordinatorAddress address, Path file)
      throws IOException, ChangedIdentity {
    same("is the log", before.origin(), shown.origin(), address, file);
    if (!LogKeys.texts(directory(before), disk, before).contains(shown.logKey())) {
      same("has the log key", before.logKey(), shown.logKey(), address, file);
    }
    same(
        "has the coordinator key",
        before.coordinatorKey().toHex(),
        shown.coordinatorKey().toHex(),
        address,
        file);
  }

  private static void same(
      String what, String before, String shown, CoordinatorAddress address, Path file)
      throws ChangedIdentity {
    if (!before.equals(shown)) {
      throw new ChangedIdentity(
          "the coordinator at "
              + address
              + " says it "
              + what
              + " "
              + shown
              + ", but at the first meeting it was "
              + before
              + "; ask its operator, and only if the change is announced remove "
              + file
              + " and "
              + file
              + KeptTwice.COPY);
    }
  }

  private Path addressFile(CoordinatorAddress address) {
    byte[] text = address.toString().getBytes(StandardCharsets.UTF_8);
    return home.resolve("addresses").resolve(Hash.sha256(text).toHex() + ".json");
  }
}
