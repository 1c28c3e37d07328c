package org.almoner.agent;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.almoner.agent.control.Status;
import org.almoner.agent.origin.CoordinatorAddress;

/**
 * One status made of those of the agent's work for each coordinator. The state is the one the owner
 * should know of most; each sentence says whose it is when there are several.
 */
final class Noticeboard {
  private static final List<Status.State> MOST_FIRST =
      List.of(
          Status.State.TROUBLE,
          Status.State.WORKING,
          Status.State.STARTING,
          Status.State.OFFLINE,
          Status.State.WAITING,
          Status.State.STOPPED);

  private final Consumer<Status> place;
  private final InstantSource clock;
  private final boolean several;
  private final Map<CoordinatorAddress, Status> parts = new LinkedHashMap<>();

  Noticeboard(List<CoordinatorAddress> coordinators, Consumer<Status> place, InstantSource clock) {
    this.place = place;
    this.clock = clock;
    this.several = coordinators.size() > 1;
  }

  /** The board of the work for one coordinator. */
  Board of(CoordinatorAddress coordinator) {
    return new Board(status -> write(coordinator, status), clock);
  }

  private synchronized void write(CoordinatorAddress coordinator, Status status) {
    parts.put(coordinator, status);
    place.accept(several ? together() : status);
  }

  private Status together() {
    Status.State state =
        parts.values().stream()
            .map(Status::state)
            .min(Comparator.comparingInt(MOST_FIRST::indexOf))
            .orElse(Status.State.STOPPED);
    return new Status(
        state,
        said(Status::reason),
        said(Status::notice),
        sum(Status::unitsDone),
        sum(Status::waitingForProof),
        sum(Status::refused),
        said(Status::firstUnit),
        clock.millis());
  }

  private String said(Function<Status, String> sentence) {
    List<String> all = new ArrayList<>();
    parts.forEach(
        (coordinator, status) -> {
          if (!sentence.apply(status).isEmpty()) {
            all.add(coordinator.uri().getAuthority() + ": " + sentence.apply(status));
          }
        });
    return String.join(" | ", all);
  }

  private long sum(Function<Status, Long> number) {
    return parts.values().stream().collect(Collectors.summingLong(number::apply));
  }
}
