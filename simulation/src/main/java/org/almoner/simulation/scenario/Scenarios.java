package org.almoner.simulation.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almoner.protocol.json.MalformedJson;

/** The scenarios that come with the program, each a file beside this class. */
public final class Scenarios {
  private static final List<String> NAMES =
      List.of(
          "few",
          "honest",
          "storms",
          "lab-image",
          "tails",
          "campaigns",
          "careful",
          "lazy",
          "copier",
          "inflated-count",
          "inflated-time",
          "hit-and-run",
          "cheat-then-leave",
          "low-rate",
          "sybil",
          "donor-swap",
          "key-swap",
          "replay",
          "ring-2",
          "ring-4",
          "ring-8");

  private Scenarios() {}

  /** All of them, in the order in which they are best read. */
  public static List<Scenario> all() throws IOException {
    List<Scenario> all = new ArrayList<>();
    for (String name : NAMES) {
      all.add(read(name));
    }
    return all;
  }

  /** The one of that name. */
  public static Optional<Scenario> find(String name) throws IOException {
    return NAMES.contains(name) ? Optional.of(read(name)) : Optional.empty();
  }

  private static Scenario read(String name) throws IOException {
    try (InputStream file = Scenarios.class.getResourceAsStream(name + ".json")) {
      if (file == null) {
        throw new IOException("scenario " + name + " is missing from the program");
      }
      return Scenario.parse(file.readAllBytes());
    } catch (MalformedJson e) {
      throw new IOException("scenario " + name + " is damaged: " + e.getMessage(), e);
    }
  }
}
