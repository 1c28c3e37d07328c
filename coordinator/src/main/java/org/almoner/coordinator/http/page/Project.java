package org.almoner.coordinator.http.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.almoner.coordinator.desk.BatchView;

/**
 * All batches of one name, added up.
 *
 * @param purpose and {@code release} are those of the newest batch
 */
record Project(
    String name,
    String purpose,
    String release,
    long units,
    long leased,
    long accepted,
    long failed,
    long cpuMs) {
  /**
   * Projects in the order of their newest batch, given batches from new to old; starter units are
   * no project.
   */
  static List<Project> of(List<BatchView> newestFirst) {
    Map<String, Project> byName = new LinkedHashMap<>();
    for (BatchView batch : newestFirst) {
      if (!batch.starter()) {
        byName.merge(batch.project(), of(batch), Project::plus);
      }
    }
    return new ArrayList<>(byName.values());
  }

  private static Project of(BatchView batch) {
    return new Project(
        batch.project(),
        batch.purpose(),
        batch.release(),
        batch.units(),
        batch.leased(),
        batch.accepted(),
        batch.failed(),
        batch.cpuMs());
  }

  private Project plus(Project older) {
    return new Project(
        name,
        purpose,
        release,
        units + older.units,
        leased + older.leased,
        accepted + older.accepted,
        failed + older.failed,
        cpuMs + older.cpuMs);
  }
}
