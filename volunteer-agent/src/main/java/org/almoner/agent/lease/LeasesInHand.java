package org.almoner.agent.lease;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.almoner.agent.durable.Disk;
import org.almoner.agent.durable.RecordFile;
import org.almoner.agent.durable.SetAside;
import org.almoner.agent.origin.Pinned;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.lease.Lease;
import org.almoner.protocol.lease.LeaseId;

/**
 * The leases this agent holds and has not finished, on disk: a file for each grant and an empty one
 * for each of its leases that is done.
 *
 * <p>Also keeps the request for work that is under way, so that after a crash the same request is
 * made again and gets the same leases. Safe for use by several threads.
 */
public final class LeasesInHand {
  private static final String GRANT_LOST =
      "its leases pass to other computers after their deadline";

  private static final String REQUEST_LOST = "work is asked for anew";

  private static final Bytes EMPTY = Bytes.of(new byte[0]);

  private final Path askingFile;
  private final Path grants;
  private final Path done;
  private final Disk disk;
  private final List<Held> held = new ArrayList<>();
  private final Set<LeaseId> finished = new HashSet<>();
  private Optional<Envelope> asking = Optional.empty();

  private LeasesInHand(Path directory, Disk disk) {
    this.askingFile = directory.resolve("asking.json");
    this.grants = directory.resolve("grants");
    this.done = directory.resolve("done");
    this.disk = disk;
  }

  /** A grant with the request that it answers. */
  private record Held(VerifiedGrant grant, Hash request, long receivedMs, long deadlineMs) {
    static Held parse(JsonFields fields, Pinned coordinator, AgentId agent) throws MalformedJson {
      try {
        return new Held(
            VerifiedGrant.of(
                Envelope.parse(Envelope.Kind.GRANT, fields.object("grant")), coordinator, agent),
            fields.hash("request"),
            fields.integer("receivedMs", 0, JsonValue.INTEGER_MAX),
            fields.integer("deadlineMs", 0, JsonValue.INTEGER_MAX));
      } catch (GrantRejected e) {
        throw new MalformedJson(String.valueOf(e.getMessage()));
      }
    }

    JsonValue.Obj toJson() {
      return JsonValue.Obj.of()
          .put("grant", grant.envelope().toJson())
          .put("request", request.toHex())
          .put("receivedMs", receivedMs)
          .put("deadlineMs", deadlineMs)
          .build();
    }
  }

  /**
   * Opens what is kept below {@code directory}, which it makes.
   *
   * @param aside where a damaged grant goes, or one that no longer verifies; it costs its leases
   */
  public static LeasesInHand open(
      Path directory, Disk disk, Pinned coordinator, AgentId agent, SetAside aside)
      throws IOException {
    LeasesInHand leases = new LeasesInHand(directory, disk);
    disk.makeDirectory(leases.grants);
    disk.makeDirectory(leases.done);
    leases.recover(coordinator, agent, aside);
    return leases;
  }

  private void recover(Pinned coordinator, AgentId agent, SetAside aside) throws IOException {
    for (Path file : disk.list(grants)) {
      aside.read(file, f -> Held.parse(f, coordinator, agent), GRANT_LOST).ifPresent(held::add);
    }
    Set<Path> marks = Set.copyOf(disk.list(done));
    Set<Path> needed = new HashSet<>();
    for (Held grant : held) {
      for (Lease lease : grant.grant().grant().leases()) {
        needed.add(doneFile(lease.id()));
        if (marks.contains(doneFile(lease.id()))) {
          finished.add(lease.id());
        }
      }
    }
    for (Path mark : marks) {
      if (!needed.contains(mark)) {
        disk.delete(mark);
      }
    }
    forgetDoneGrants();
    asking =
        aside.read(askingFile, f -> Envelope.parse(Envelope.Kind.LEASE_REQUEST, f), REQUEST_LOST);
    if (asking.isPresent()
        && held.stream().anyMatch(h -> h.request().equals(asking.get().digest()))) {
      // Its answer is here; only this file was left.
      answered();
    }
  }

  /** The request for work that was made and not yet answered. */
  public synchronized Optional<Envelope> asking() {
    return asking;
  }

  /** Notes a request before it is sent. */
  public synchronized void ask(Envelope request) throws IOException {
    RecordFile.write(disk, askingFile, request.toJson());
    asking = Optional.of(request);
  }

  /** Forgets the request: it was answered. */
  public synchronized void answered() throws IOException {
    disk.delete(askingFile);
    asking = Optional.empty();
  }

  /**
   * Notes what was granted, in answer to the request under way.
   *
   * @param receivedMs this computer's clock
   */
  public synchronized void take(VerifiedGrant grant, long receivedMs) throws IOException {
    Envelope request = asking.orElseThrow(() -> new IllegalStateException("nothing was asked for"));
    // One grant answers one request; should it come again, what is noted stands.
    if (held.stream().noneMatch(h -> h.grant().digest().equals(grant.digest()))) {
      Held taken = new Held(grant, request.digest(), receivedMs, grant.grant().deadlineMs());
      RecordFile.write(disk, file(grant), taken.toJson());
      held.add(taken);
    }
    answered();
  }

  /** All leases in hand, oldest grant first after a restart or in the order they came. */
  public synchronized List<HeldLease> list() {
    List<HeldLease> leases = new ArrayList<>();
    for (Held grant : held) {
      for (Lease lease : grant.grant().grant().leases()) {
        if (!finished.contains(lease.id())) {
          leases.add(new HeldLease(grant.grant(), lease, grant.receivedMs(), grant.deadlineMs()));
        }
      }
    }
    return leases;
  }

  /** The coordinator moved the deadline of a lease on, and of all others in its grant. */
  public synchronized void renewed(LeaseId lease, long deadlineMs) throws IOException {
    for (int i = 0; i < held.size(); i++) {
      Held grant = held.get(i);
      boolean named = grant.grant().grant().leases().stream().anyMatch(l -> l.id().equals(lease));
      if (named && deadlineMs > grant.deadlineMs()) {
        Held moved = new Held(grant.grant(), grant.request(), grant.receivedMs(), deadlineMs);
        RecordFile.write(disk, file(grant.grant()), moved.toJson());
        held.set(i, moved);
      }
    }
  }

  private Path file(VerifiedGrant grant) {
    return grants.resolve(grant.digest().toHex() + ".json");
  }

  /** Lets go of a lease: it is finished and noted elsewhere, or can no longer be. */
  public synchronized void drop(LeaseId lease) throws IOException {
    disk.write(doneFile(lease), EMPTY);
    finished.add(lease);
    forgetDoneGrants();
  }

  private void forgetDoneGrants() throws IOException {
    for (Held grant : List.copyOf(held)) {
      List<LeaseId> leases = grant.grant().grant().leases().stream().map(Lease::id).toList();
      if (finished.containsAll(leases)) {
        disk.delete(file(grant.grant()));
        held.remove(grant);
        for (LeaseId lease : leases) {
          disk.delete(doneFile(lease));
          finished.remove(lease);
        }
      }
    }
  }

  private Path doneFile(LeaseId lease) {
    return done.resolve(lease.toString().replace('/', '-'));
  }
}
