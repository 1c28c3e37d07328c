package org.almoner.agent.lease;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almoner.agent.durable.Disk;
import org.almoner.agent.durable.RecordFile;
import org.almoner.agent.origin.Pinned;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.lease.Lease;
import org.almoner.protocol.lease.LeaseId;

/**
 * The leases this agent holds and has not finished, on disk: one file each, and one for each grant
 * that some of them need.
 *
 * <p>Also keeps the request for work that is under way, so that after a crash the same request is
 * made again and gets the same leases. Used by one thread at a time.
 */
public final class LeasesInHand {
  private final Path directory;
  private final Path grants;
  private final Path asking;
  private final Disk disk;
  private final Pinned coordinator;
  private final AgentId agent;

  /** Keeps its files below {@code directory}, which it makes. */
  public LeasesInHand(Path directory, Disk disk, Pinned coordinator, AgentId agent)
      throws IOException {
    this.directory = directory;
    this.grants = directory.resolve("grants");
    this.asking = directory.resolve("asking").resolve("request.json");
    this.disk = disk;
    this.coordinator = coordinator;
    this.agent = agent;
    disk.makeDirectory(grants);
    disk.makeDirectory(directory.resolve("asking"));
  }

  /** The request for work that was made and not yet answered. */
  public Optional<Envelope> asking() throws IOException {
    return RecordFile.read(disk, asking, f -> Envelope.parse(Envelope.Kind.LEASE_REQUEST, f));
  }

  /** Notes a request before it is sent. */
  public void ask(Envelope request) throws IOException {
    RecordFile.write(disk, asking, request.toJson());
  }

  /** Forgets the request: it was answered, and what it brought is noted. */
  public void answered() throws IOException {
    disk.delete(asking);
  }

  /**
   * Notes what was granted; the same grant again changes nothing.
   *
   * @param receivedMs this computer's clock
   */
  public void take(VerifiedGrant grant, long receivedMs) throws IOException {
    RecordFile.write(disk, grantFile(grant.digest()), grant.envelope().toJson());
    for (Lease lease : grant.grant().leases()) {
      Path file = leaseFile(lease.id());
      if (disk.read(file, RecordFile.OCTETS_MAX).isEmpty()) {
        Held held = new Held(lease.id(), grant.digest(), receivedMs);
        RecordFile.write(disk, file, held.toJson());
      }
    }
  }

  /**
   * All leases in hand, in the order of their names.
   *
   * @throws IOException also when a file is damaged or a grant no longer verifies
   */
  public List<HeldLease> list() throws IOException {
    List<HeldLease> leases = new ArrayList<>();
    for (Held held : held()) {
      VerifiedGrant grant = grant(held.grant());
      for (Lease lease : grant.grant().leases()) {
        if (lease.id().equals(held.lease())) {
          leases.add(new HeldLease(grant, lease, held.receivedMs()));
        }
      }
    }
    return leases;
  }

  /** Lets go of a lease: it is finished and noted elsewhere, or can no longer be. */
  public void drop(LeaseId lease) throws IOException {
    disk.delete(leaseFile(lease));
    List<Hash> needed = held().stream().map(Held::grant).toList();
    for (Path file : disk.list(grants)) {
      if (needed.stream().noneMatch(digest -> grantFile(digest).equals(file))) {
        disk.delete(file);
      }
    }
  }

  private List<Held> held() throws IOException {
    List<Held> all = new ArrayList<>();
    for (Path file : disk.list(directory)) {
      RecordFile.read(disk, file, Held::parse).ifPresent(all::add);
    }
    return all;
  }

  private VerifiedGrant grant(Hash digest) throws IOException {
    Path file = grantFile(digest);
    Envelope envelope =
        RecordFile.read(disk, file, f -> Envelope.parse(Envelope.Kind.GRANT, f))
            .orElseThrow(() -> new IOException(file + " is missing, but a lease needs it"));
    try {
      return VerifiedGrant.of(envelope, coordinator, agent);
    } catch (GrantRejected e) {
      throw new IOException(file + " is damaged: " + e.getMessage(), e);
    }
  }

  private Path grantFile(Hash digest) {
    return grants.resolve(digest.toHex() + ".json");
  }

  private Path leaseFile(LeaseId lease) {
    return directory.resolve(lease.toString().replace('/', '-') + ".json");
  }

  private record Held(LeaseId lease, Hash grant, long receivedMs) {
    static Held parse(JsonFields fields) throws MalformedJson {
      return new Held(
          LeaseId.parse(fields),
          fields.hash("grant"),
          fields.integer("receivedMs", 0, JsonValue.INTEGER_MAX));
    }

    JsonValue.Obj toJson() {
      return lease
          .writeTo(JsonValue.Obj.of())
          .put("grant", grant.toHex())
          .put("receivedMs", receivedMs)
          .build();
    }
  }
}
