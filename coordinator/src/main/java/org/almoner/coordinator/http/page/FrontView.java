package org.almoner.coordinator.http.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.almoner.coordinator.desk.Desk;
import org.almoner.protocol.bytes.Hash;

/**
 * What the front page says at one moment, in two parts: its shape, which a reload shows, and values
 * at named places, which may change while somebody looks.
 *
 * @param stopped why no work is accepted, empty when it is
 * @param projects the first {@link FrontPage#PROJECTS_MAX}
 * @param more projects beyond them
 * @param log what is known of the log
 * @param values what stands at each named place, as text
 */
record FrontView(
    String stopped, List<Project> projects, int more, Log log, Map<String, String> values) {
  /** What is known of the log. */
  enum Log {
    /** It cannot be read. */
    UNREADABLE,
    /** It has no entry. */
    EMPTY,
    /** A checkpoint is there. */
    PUBLISHED
  }

  static FrontView read(Desk desk, PublicLog log, Instant now) {
    List<Project> all = Project.of(desk);
    List<Project> shown = all.stream().limit(FrontPage.PROJECTS_MAX).toList();
    Map<String, String> values = new LinkedHashMap<>();
    totals(all, values);
    for (int i = 0; i < shown.size(); i++) {
      project("p" + i + "-", shown.get(i), values);
    }
    Log state;
    List<LogLine> lines = List.of();
    try {
      Optional<LatestCheckpoint.Published> latest = log.checkpoint().read();
      state = latest.isEmpty() ? Log.EMPTY : Log.PUBLISHED;
      if (latest.isPresent()) {
        lines = log.newest(latest.get().size());
        checkpoint(latest.get(), log.checkpoint().grewAt(), now, values);
      }
    } catch (IOException e) {
      state = Log.UNREADABLE;
    }
    for (int i = 0; state == Log.PUBLISHED && i < PublicLog.LINES_MAX; i++) {
      line("e" + i + "-", lines.stream().skip(i).findFirst(), values);
    }
    return new FrontView(
        desk.stopped().orElse(""), shown, all.size() - shown.size(), state, values);
  }

  /** The same for two moments whose pages differ in values alone; 16 hex digits. */
  String shape() {
    StringBuilder text = new StringBuilder().append(stopped).append('\n').append(more);
    text.append('\n').append(log);
    for (Project project : projects) {
      List<String> parts = new ArrayList<>(project.standing());
      parts.addAll(List.of(project.name(), project.owner(), project.purpose(), project.release()));
      for (String part : parts) {
        text.append('\n').append(part.length()).append(' ').append(part);
      }
    }
    return Hash.sha256(text.toString().getBytes(StandardCharsets.UTF_8)).toHex().substring(0, 16);
  }

  String value(String place) {
    return values.getOrDefault(place, "");
  }

  private static void totals(List<Project> projects, Map<String, String> values) {
    long accepted = projects.stream().mapToLong(Project::accepted).sum();
    long leased = projects.stream().mapToLong(Project::leased).sum();
    long cpuMs = projects.stream().mapToLong(Project::cpuMs).sum();
    values.put("all-agreed", Words.number(accepted));
    values.put("all-running", Words.count(leased, "run", "runs"));
    values.put("all-cpu", Words.time(cpuMs));
  }

  private static void project(String at, Project project, Map<String, String> values) {
    long units = Math.max(1, project.units());
    values.put(at + "bar", project.accepted() + "/" + units);
    values.put(at + "percent", project.accepted() * 100 / units + " %");
    values.put(
        at + "agreed", Words.number(project.accepted()) + " of " + Words.number(project.units()));
    values.put(at + "running", Words.count(project.leased(), "run", "runs"));
    values.put(at + "open", Words.count(project.open(), "unit", "units"));
    values.put(at + "failed", Words.number(project.failed()));
    values.put(at + "cpu", Words.time(project.cpuMs()));
  }

  private static void checkpoint(
      LatestCheckpoint.Published latest,
      Optional<Instant> grewAt,
      Instant now,
      Map<String, String> values) {
    values.put("size", Words.number(latest.size()));
    values.put("root", latest.root());
    values.put(
        "grew", grewAt.map(then -> Words.ago(then, now)).orElse("before this server started"));
  }

  /** A line that is not there yet has its place, so that it can come. */
  private static void line(String at, Optional<LogLine> line, Map<String, String> values) {
    values.put(at + "index", line.map(LogLine::places).orElse(""));
    values.put(at + "words", line.map(LogLine::sentence).orElse(""));
    values.put(at + "path", line.map(LogLine::path).orElse(""));
  }
}
