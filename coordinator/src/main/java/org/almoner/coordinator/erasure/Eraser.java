package org.almoner.coordinator.erasure;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.almoner.coordinator.account.Accounts;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.coordinator.enrolment.Agents;
import org.almoner.coordinator.intake.DonorLines;
import org.almoner.coordinator.opening.Erasure;
import org.almoner.coordinator.opening.KeyId;
import org.almoner.coordinator.opening.OpeningKeys;
import org.almoner.coordinator.row.RowStore;
import org.almoner.coordinator.writer.Group;
import org.almoner.coordinator.writer.Job;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.DonorId;

/**
 * Erases donors: account, token, codes and computers in one group commit that also keeps the {@link
 * Erasure} for ever; then the keys, by {@link #destroyKeys}. A crash between the two is finished by
 * the next start, or by erasing again.
 */
public final class Eraser {
  private final RowStore store;
  private final Accounts accounts;
  private final Agents agents;
  private final OpeningKeys keys;
  private final Closing closing;

  /** Ends, on the writer's thread, what a donor had asked for. */
  @FunctionalInterface
  public interface Closing {
    /** The donor is erased. */
    void close(Group group, DonorId donor) throws IOException;
  }

  /** Erases what these rooms keep. */
  public Eraser(
      RowStore store, Accounts accounts, Agents agents, OpeningKeys keys, Closing closing) {
    this.store = store;
    this.accounts = accounts;
    this.agents = agents;
    this.keys = keys;
    this.closing = closing;
  }

  /**
   * A job that closes the account and says which keys are to be destroyed; of a donor who was
   * erased before, what was said then, but that documents once to be destroyed stay so.
   *
   * @param keepDocuments what is to become of the sealed files, for who keeps them
   */
  public Job<Erasure> erase(DonorId donor, String reason, boolean keepDocuments) {
    if (reason.isBlank() || reason.length() > Erasure.REASON_MAX) {
      throw new Refusal(
          422,
          "erasure-reason",
          "A reason is needed",
          "a reason has 1 to "
              + Erasure.REASON_MAX
              + " characters, this has "
              + reason.length()
              + "; say in a few words who asked, without a name");
    }
    return group -> {
      Optional<Erasure> before = find(group, donor);
      return before.isPresent()
          ? again(group, before.get(), keepDocuments)
          : close(group, donor, reason, keepDocuments);
    };
  }

  private static Erasure again(Group group, Erasure before, boolean keepDocuments) {
    if (keepDocuments || !before.keepDocuments()) {
      return before;
    }
    Erasure now = before.withoutDocuments();
    group.touch(now);
    return now;
  }

  private Erasure close(Group group, DonorId donor, String reason, boolean keepDocuments)
      throws IOException {
    Accounts.Closed closed = accounts.close(group, donor);
    closing.close(group, donor);
    Set<KeyId> gone = new HashSet<>(closed.documents());
    for (AgentId agent : closed.agents()) {
      gone.addAll(agents.giveUp(group, agent, donor));
    }
    Erasure erasure =
        new Erasure(
            donor, group.nowMs(), reason, keepDocuments, List.copyOf(gone), closed.agents());
    group.touch(erasure);
    keys.forget(gone); // what this group still does for the donor is refused already
    return erasure;
  }

  private static Optional<Erasure> find(Group group, DonorId donor) throws IOException {
    String key = Erasure.key(donor);
    return group.find(key, Erasure.class, row -> Erasure.parse(key, row));
  }

  /** Destroys the keys of an erasure that is durable; the file is without them on return. */
  public void destroyKeys(Erasure erasure) throws IOException {
    keys.destroy(erasure.keys());
  }

  /** Whether the donor was erased, from any thread. */
  public boolean isErased(DonorId donor) throws IOException {
    return store.get(Erasure.key(donor)).isPresent();
  }

  /** All erasures, from any thread. */
  public List<Erasure> all() throws IOException {
    return Erasure.all(store);
  }

  /** Leaves of all usage lines whose opening was erased, from any thread. */
  public SortedSet<Long> leaves() throws IOException {
    SortedSet<Long> leaves = new TreeSet<>();
    for (Erasure erasure : all()) {
      new DonorLines(store)
          .each(erasure.donor(), erasure.agents(), line -> leaves.add(line.leaf()));
    }
    return leaves;
  }
}
