package org.almoner.simulation.host;

import java.io.IOException;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.almoner.simulation.disk.MemoryDisk;
import org.almoner.simulation.world.World;

/** What happens to one computer of its own accord, day by day. */
public final class Misfortune {
  private static final int THOUSAND = 1_000;
  private static final int CHANGES_MAX = 60;
  private static final int BACKUP_DAYS_MAX = 12;
  private static final int CUT_OFF_HOURS_MAX = 120;
  private static final int ABSENT_DAYS_MAX = 40;

  private final World world;
  private final Host host;
  private final Mishaps mishaps;
  private final RandomGenerator draws;
  private boolean over;

  /** To happen to {@code host} from {@link #begin} on. */
  public Misfortune(World world, Host host, Mishaps mishaps) {
    this.world = world;
    this.host = host;
    this.mishaps = mishaps;
    this.draws = world.draws("misfortune of " + host.name());
  }

  /** Draws every day. */
  public void begin() {
    world.after(Duration.ofMinutes(draws.nextInt(24 * 60)), host.name(), "begins a day", this::day);
  }

  /** Nothing more happens. */
  public void end() {
    over = true;
  }

  private void day() throws IOException {
    if (over || host.gone()) {
      return;
    }
    if (drawn(mishaps.powerCuts())) {
      host.disk().cutAfter(draws.nextInt(CHANGES_MAX), draws.nextBoolean());
    }
    if (drawn(mishaps.restores())) {
      MemoryDisk.Copy copy = host.disk().copy();
      world.after(
          Duration.ofDays(draws.nextInt(1, BACKUP_DAYS_MAX)),
          host.name(),
          "is restored from a backup",
          () -> host.restore(copy));
    }
    if (drawn(mishaps.reinstalls())) {
      host.beginAnew();
    }
    if (drawn(mishaps.cutOffs())) {
      host.wire().cut(Duration.ofHours(draws.nextInt(1, CUT_OFF_HOURS_MAX)));
    }
    if (drawn(mishaps.absences())) {
      host.rest(Duration.ofDays(draws.nextInt(1, ABSENT_DAYS_MAX)));
    }
    world.after(Duration.ofDays(1), host.name(), "begins a day", this::day);
  }

  private boolean drawn(int permille) {
    return draws.nextInt(THOUSAND) < permille;
  }
}
