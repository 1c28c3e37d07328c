package org.almoner.coordinator.http.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.almoner.coordinator.desk.BatchView;
import org.almoner.coordinator.desk.Desk;

/**
 * All batches of one name and owner, added up. Units of a stopped batch that will never run are not
 * counted.
 *
 * @param owner whose it is, empty when nobody is known
 * @param purpose and {@code release} are those of the newest batch
 * @param standing what became of that release, in words: whether it was rebuilt, and recalled
 */
record Project(
    String name,
    String owner,
    String purpose,
    String release,
    long units,
    long leased,
    long accepted,
    long failed,
    long cpuMs,
    List<String> standing) {
  /** Copies the list. */
  Project {
    standing = List.copyOf(standing);
  }

  private record Name(String name, String owner) {}

  /** Projects in the order of their newest batch; starter units are no project. */
  static List<Project> of(Desk desk) {
    Map<Name, Project> byName = new LinkedHashMap<>();
    for (BatchView batch : desk.batches()) {
      if (!batch.starter()) {
        Project one = of(batch, desk.ownerOf(batch.id()).orElse(""), standing(desk, batch));
        byName.merge(new Name(one.name(), one.owner()), one, Project::plus);
      }
    }
    return new ArrayList<>(byName.values());
  }

  private static List<String> standing(Desk desk, BatchView batch) {
    List<String> words = new ArrayList<>();
    desk.releases().of(batch.id()).stream()
        .forEach(
            release -> {
              words.add(
                  release.rebuilt().isEmpty()
                      ? "Not rebuilt from source"
                      : "Rebuilt from source: " + release.rebuilt().get(0).found().word());
              release.recalled().forEach(recall -> words.add("Recalled: " + recall.reason()));
            });
    return words;
  }

  private static Project of(BatchView batch, String owner, List<String> standing) {
    return new Project(
        batch.project(),
        owner,
        batch.purpose(),
        batch.release(),
        batch.done() ? batch.accepted() + batch.failed() : batch.units(),
        batch.leased(),
        batch.accepted(),
        batch.failed(),
        batch.cpuMs(),
        standing);
  }

  /** Units that have not ended. */
  long open() {
    return units - accepted - failed;
  }

  private Project plus(Project older) {
    return new Project(
        name,
        owner,
        purpose,
        release,
        units + older.units,
        leased + older.leased,
        accepted + older.accepted,
        failed + older.failed,
        cpuMs + older.cpuMs,
        standing);
  }
}
