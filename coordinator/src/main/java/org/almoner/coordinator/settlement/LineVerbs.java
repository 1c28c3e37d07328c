package org.almoner.coordinator.settlement;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.almoner.coordinator.account.Accounts;
import org.almoner.coordinator.batch.Batches;
import org.almoner.coordinator.desk.LineDesk;
import org.almoner.coordinator.desk.ObjectionView;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.coordinator.desk.Standing;
import org.almoner.coordinator.dispatch.Dispatch;
import org.almoner.coordinator.opening.OpeningKeys;
import org.almoner.coordinator.opening.Sealed;
import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.writer.Group;
import org.almoner.coordinator.writer.Job;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.DonorId;

/** The verbs about lines: objections before they are settled, corrections afterwards. */
public final class LineVerbs implements LineDesk {
  private final Settler settler;
  private final Objections objections;
  private final Corrections corrections;
  private final Dispatch dispatch;
  private final Accounts accounts;
  private final Batches batches;
  private final OpeningKeys keys;
  private final Function<DonorId, Standing> standing;
  private final Submit submit;

  /** Has a job decided on the writer's thread, and answered on another. */
  @FunctionalInterface
  public interface Submit {
    /** What the job decides. */
    <T> CompletableFuture<T> job(Job<T> job);
  }

  /**
   * Speaks for the coordinator of these rooms.
   *
   * @param standing how a donor's lines stand
   */
  public LineVerbs(
      Settler settler,
      Objections objections,
      Corrections corrections,
      Dispatch dispatch,
      Accounts accounts,
      Batches batches,
      OpeningKeys keys,
      Function<DonorId, Standing> standing,
      Submit submit) {
    this.settler = settler;
    this.objections = objections;
    this.corrections = corrections;
    this.dispatch = dispatch;
    this.accounts = accounts;
    this.batches = batches;
    this.keys = keys;
    this.standing = standing;
    this.submit = submit;
  }

  @Override
  public CompletableFuture<ObjectionView> object(DonorId donor, long leaf, String words) {
    if (words.isBlank() || words.length() > WORDS_MAX) {
      throw new Refusal(
          422,
          "objection-words",
          "Say why",
          "an objection has 1 to " + WORDS_MAX + " characters, this one " + words.length());
    }
    Standing.Excluded line =
        standing.apply(donor).excluded().stream()
            .filter(excluded -> excluded.leaf() == leaf)
            .findFirst()
            .orElseThrow(
                () ->
                    new Refusal(
                        404,
                        "not-found",
                        "No such line",
                        "line "
                            + leaf
                            + " is not among those of yours that do not count; the page /me lists"
                            + " them"));
    return submit.job(
        group -> {
          Sealed sealed =
              keys.seal(
                  accounts.documentsKey(group, donor, keys),
                  Objection.about(leaf),
                  Bytes.utf8(words.strip()),
                  "this donor");
          Objection made =
              new Objection(
                  leaf,
                  line.lease(),
                  donor,
                  line.outcome(),
                  ObjectionView.State.OPEN,
                  group.nowMs(),
                  sealed,
                  false);
          objections.add(group, made);
          return view(made);
        });
  }

  @Override
  public List<ObjectionView> objections() {
    return objections.list().stream().map(this::view).toList();
  }

  private ObjectionView view(Objection objection) {
    return new ObjectionView(
        objection.leaf(),
        objection.lease(),
        objection.donor(),
        objection.outcome(),
        batches.find(objection.lease().batch()).map(b -> b.spec().project()).orElse(""),
        objection.state(),
        objection.madeMs(),
        words(objection));
  }

  /** Empty when the donor was erased, and the words with the donor. */
  private String words(Objection objection) {
    try {
      Bytes octets = keys.open(objection.words(), Objection.about(objection.leaf()), "this donor");
      return new String(octets.toArray(), StandardCharsets.UTF_8);
    } catch (Refusal | DamagedRow e) {
      return "";
    }
  }

  @Override
  public CompletableFuture<ObjectionView> rule(long leaf, boolean upheld) {
    return submit.job(
        group -> {
          Objection ruled = objections.rule(group, leaf, upheld);
          settler.release(group, dispatch, leaf, ruled.lease());
          return view(ruled);
        });
  }

  @Override
  public CompletableFuture<Integer> correct(List<Long> leaves, boolean reinstates, String reason) {
    return submit.job(group -> correct(group, leaves, reinstates, reason));
  }

  private int correct(Group group, List<Long> leaves, boolean reinstates, String reason)
      throws IOException {
    for (long leaf : leaves) {
      if (!corrections.changes(group, leaf, reinstates)) {
        throw new Refusal(
            409,
            "nothing-to-correct",
            "Nothing to correct",
            reinstates
                ? "line " + leaf + " is not void, so it cannot be reinstated; nothing was changed"
                : "line "
                    + leaf
                    + " is not a settled line that counts, so it cannot be voided; nothing was"
                    + " changed");
      }
    }
    for (long leaf : leaves) {
      var unused =
          corrections.add(
              group,
              reinstates
                  ? Correction.ofReinstatement(leaf, reason)
                  : Correction.ofVoid(leaf, reason));
    }
    return corrections.waiting();
  }
}
