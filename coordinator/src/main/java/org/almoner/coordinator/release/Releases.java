package org.almoner.coordinator.release;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.almoner.coordinator.desk.Rebuilt;
import org.almoner.coordinator.desk.Recalled;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.coordinator.desk.ReleaseView;
import org.almoner.coordinator.journal.Journal;
import org.almoner.coordinator.row.RowStore;
import org.almoner.coordinator.writer.Group;
import org.almoner.ledger.entry.RecallEntry;
import org.almoner.ledger.entry.ReleaseEntry;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.PublicKey;
import org.almoner.protocol.release.Release;

/** All releases there ever were. Changed on the writer's thread, read from any. */
public final class Releases {
  private final Journal journal;
  private final Map<String, KnownRelease> known = new ConcurrentHashMap<>();
  private final Map<String, Recalled> recalled = new ConcurrentHashMap<>();
  private final Map<Hash, Rebuilt> rebuilt = new ConcurrentHashMap<>();

  private Releases(Journal journal) {
    this.journal = journal;
  }

  /** Reads all of them; new ones are logged in {@code journal}. */
  public static Releases load(RowStore store, Journal journal) throws IOException {
    Releases releases = new Releases(journal);
    for (Map.Entry<String, Bytes> row : family(store, KnownRelease.FAMILY).entrySet()) {
      KnownRelease release = KnownRelease.parse(row.getKey(), row.getValue());
      releases.known.put(release.key(), release);
    }
    for (Map.Entry<String, Bytes> row : family(store, RecalledRelease.FAMILY).entrySet()) {
      releases.recalled.put(
          row.getKey(), RecalledRelease.parse(row.getKey(), row.getValue()).recalled());
    }
    for (Map.Entry<String, Bytes> row : family(store, RebuiltRelease.FAMILY).entrySet()) {
      RebuiltRelease again = RebuiltRelease.parse(row.getKey(), row.getValue());
      releases.rebuilt.put(again.digest(), again.rebuilt());
    }
    return releases;
  }

  private static Map<String, Bytes> family(RowStore store, String prefix) throws IOException {
    Map<String, Bytes> rows = new ConcurrentHashMap<>();
    store.scan(prefix, rows::put);
    return rows;
  }

  /** Logs a release whose signature was checked, unless it stands in the log already. */
  public void admit(Group group, Envelope signed, Release release, String owner) {
    Hash digest = signed.digest();
    requireNotRecalled(digest, signed.signer());
    if (!known.containsKey(KnownRelease.key(digest, signed.signer()))) {
      long leaf = journal.log(group, new ReleaseEntry(signed, release).entry());
      KnownRelease one = new KnownRelease(digest, owner, signed, release, leaf);
      known.put(one.key(), one);
      group.touch(one);
    }
  }

  /** Throws a {@code Refusal} when nothing more of the release is taken. */
  public void requireNotRecalled(Hash digest, PublicKey owner) {
    recalled(digest, owner)
        .ifPresent(
            recall -> {
              throw new Refusal(
                  409,
                  "release-recalled",
                  "Release recalled",
                  "release "
                      + digest
                      + " was recalled by "
                      + (recall.byOwner() ? "its owner" : "the operator")
                      + " (\""
                      + recall.reason()
                      + "\"); submit another version");
            });
  }

  private Optional<Recalled> recalled(Hash digest, PublicKey owner) {
    return Optional.ofNullable(recalled.get(RecalledRelease.byOperator(digest)))
        .or(() -> Optional.ofNullable(recalled.get(RecalledRelease.byOwner(digest, owner))));
  }

  /**
   * Logs a recall, unless the same party recalled the same release before.
   *
   * @return the release as it now stands
   * @throws Refusal when there is no such release, or it is not the owner's
   */
  public ReleaseView recall(Group group, RecallEntry entry) {
    Hash digest = entry.recall().release();
    List<KnownRelease> those = of(digest).toList();
    Optional<PublicKey> owner = entry.signed().stream().map(Envelope::signer).findFirst();
    KnownRelease one =
        those.stream()
            .filter(r -> owner.isEmpty() || owner.get().equals(r.signed().signer()))
            .findFirst()
            .orElseThrow(() -> those.isEmpty() ? unknown(digest) : notTheirs(digest));
    String key =
        owner
            .map(signer -> RecalledRelease.byOwner(digest, signer))
            .orElseGet(() -> RecalledRelease.byOperator(digest));
    if (!recalled.containsKey(key)) {
      long leaf = journal.log(group, entry.entry());
      Recalled recall =
          new Recalled(owner.isPresent(), entry.recall().reason(), leaf, group.nowMs());
      recalled.put(key, recall);
      group.touch(new RecalledRelease(key, recall));
    }
    return view(one);
  }

  /** Keeps what came of the last rebuild. */
  public ReleaseView keep(Group group, Hash digest, Rebuilt again) {
    KnownRelease one = of(digest).findFirst().orElseThrow(() -> unknown(digest));
    rebuilt.put(digest, again);
    group.touch(new RebuiltRelease(digest, again));
    return view(one);
  }

  /** All releases, the newest first. */
  public List<ReleaseView> newestFirst() {
    return known.values().stream()
        .sorted(Comparator.comparingLong(KnownRelease::leaf).reversed())
        .map(this::view)
        .toList();
  }

  /** The release of that digest, as each owner signed it, the first to be logged first. */
  public List<ReleaseView> find(Hash digest) {
    return of(digest).map(this::view).toList();
  }

  /** The release as that owner signed it. */
  public Optional<ReleaseView> find(Hash digest, PublicKey owner) {
    return Optional.ofNullable(known.get(KnownRelease.key(digest, owner))).map(this::view);
  }

  private Stream<KnownRelease> of(Hash digest) {
    return known.values().stream()
        .filter(r -> r.digest().equals(digest))
        .sorted(Comparator.comparingLong(KnownRelease::leaf));
  }

  private ReleaseView view(KnownRelease one) {
    return new ReleaseView(
        one.owner(),
        one.signed(),
        one.release(),
        one.leaf(),
        recalled(one.digest(), one.signed().signer()).stream().toList(),
        Optional.ofNullable(rebuilt.get(one.digest())).stream().toList());
  }

  private static Refusal unknown(Hash digest) {
    return new Refusal(
        404,
        "unknown-release",
        "Unknown release",
        "no release " + digest + " was logged here; GET /api/v1/releases lists them");
  }

  private static Refusal notTheirs(Hash digest) {
    return new Refusal(
        403,
        "not-yours",
        "This belongs to another owner",
        "release " + digest + " was signed with another key; its owner or the operator recalls it");
  }
}
