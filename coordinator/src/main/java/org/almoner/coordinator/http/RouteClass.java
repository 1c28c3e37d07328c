package org.almoner.coordinator.http;

import java.util.List;
import java.util.Locale;

/** What a request is for, coarsely: names and numbers in its path are not looked at. */
public enum RouteClass {
  /** Agents' leases. */
  LEASES("/api/v1/leases"),
  /** Agents' reports. */
  REPORTS("/api/v1/reports"),
  /** Agents that enrol. */
  ENROLMENTS("/api/v1/enrolments"),
  /** Agents that name their donor. */
  LINKS("/api/v1/links"),
  /** Modules and inputs. */
  BLOBS("/api/v1/blobs/"),
  /** Outputs that owners fetch. */
  OUTPUTS("/api/v1/outputs/"),
  /** Batches and their units. */
  BATCHES("/api/v1/batches"),
  /** What auditors read. */
  AUDIT("/api/v1/audit/"),
  /** What donors read. */
  DONORS("/api/v1/me"),
  /** The register of names and documents. */
  REGISTER("/api/v1/register/"),
  /** What the operator asks. */
  OPERATOR("/api/v1/operator/"),
  /** The public log. */
  LOG("/log/"),
  /** What monitors ask. */
  HEALTH("/livez", "/readyz", "/metrics"),
  /** What the pages follow. */
  EVENTS("/events"),
  /** Donors' pages. */
  ME("/me"),
  /** Everything else: pages for people, and what is nowhere. */
  OTHER("/");

  private static final RouteClass[] ALL = values();

  @SuppressWarnings("ImmutableEnumChecker") // a list that nobody can change
  private final List<String> beginnings;

  RouteClass(String... beginnings) {
    this.beginnings = List.of(beginnings);
  }

  /** The first class that {@code path} begins like. */
  public static RouteClass of(String path) {
    for (RouteClass each : ALL) {
      for (String beginning : each.beginnings) {
        if (path.startsWith(beginning)) {
          return each;
        }
      }
    }
    return OTHER;
  }

  /** As a label. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
