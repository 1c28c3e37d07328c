package org.almoner.coordinator.http.route;

import java.util.List;
import org.almoner.coordinator.desk.Desk;
import org.almoner.coordinator.desk.Standing;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** What a donor asks with the token of the account. */
public final class DonorRoutes {
  private final Desk desk;
  private final Tokens tokens;

  /** Speaks for donors to {@code desk}. */
  public DonorRoutes(Desk desk, Tokens tokens) {
    this.desk = desk;
    this.tokens = tokens;
  }

  /** The donor whose token came; throws a {@code Refusal} to anybody else. */
  public DonorId require(@Nullable String authorization) {
    return tokens.requireDonor(authorization);
  }

  /** How the donor's lines stand; may take seconds. */
  public JsonValue standing(DonorId donor) {
    Standing standing = desk.standing(donor);
    return JsonValue.Obj.of()
        .put(Field.RETURNED, standing.returned())
        .put(Field.AGREED, standing.agreed())
        .put(Field.WAITING, standing.waiting())
        .put(Field.COUNTED_MS, standing.countedMs())
        .put(Field.MATURING, maturing(standing))
        .put(Field.EXCLUDED, excluded(standing))
        .build();
  }

  private static List<JsonValue.Obj> maturing(Standing standing) {
    return standing.maturing().stream()
        .map(
            day ->
                JsonValue.Obj.of()
                    .put(Field.DAY, day.day().toString())
                    .put(Field.LINES, day.lines())
                    .put(Field.CPU_MS, day.cpuMs())
                    .build())
        .toList();
  }

  private static List<JsonValue.Obj> excluded(Standing standing) {
    return standing.excluded().stream()
        .map(
            line ->
                JsonValue.Obj.of()
                    .put(Field.LEASE, line.lease().toString())
                    .put(Field.PROJECT, line.project())
                    .put(Field.LEAF, line.leaf())
                    .put(Field.OUTCOME, Replies.word(line.outcome()))
                    .build())
        .toList();
  }
}
