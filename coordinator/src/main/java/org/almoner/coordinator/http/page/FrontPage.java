package org.almoner.coordinator.http.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.almoner.coordinator.desk.About;
import org.almoner.coordinator.desk.Desk;

/** The page for people: what is computed here, the newest checkpoint, and how to check both. */
public final class FrontPage {
  /** The page's style sheet. */
  public static final String STYLE = resource("style.css");

  /** Most projects shown. */
  public static final int PROJECTS_MAX = 50;

  private final Desk desk;
  private final LatestCheckpoint checkpoint;
  private final URI source;

  /**
   * Shows what {@code desk} and the log say.
   *
   * @param source where the running program's source is
   */
  public FrontPage(Desk desk, LatestCheckpoint checkpoint, URI source) {
    this.desk = desk;
    this.checkpoint = checkpoint;
    this.source = source;
  }

  /** The whole page as it is at this moment. */
  public String html() {
    About about = desk.about();
    return """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%1$s</title>
        <link rel="stylesheet" href="/style.css">
        </head>
        <body>
        <header>
        <p class="origin">%1$s</p>
        <h1>Spare computing, lent to open science</h1>
        <p class="lead">People lend the idle time of their computers. This server hands out the
        work, and a public log keeps what was given, so that nobody has to take our word for it.</p>
        %2$s</header>
        <main>
        <h2>Projects</h2>
        %3$s<h2>The public log</h2>
        %4$s<h2>How to check</h2>
        %5$s</main>
        <footer>
        <p>%6$s is free software under the GNU AGPL, version 3 or later.
        <a href="%7$s">Get the source of this server.</a></p>
        </footer>
        </body>
        </html>
        """
        .formatted(
            Html.escape(about.origin()),
            stopped(),
            projects(),
            log(),
            howToCheck(about),
            Html.escape(about.software()),
            Html.escape(source.toString()));
  }

  private String stopped() {
    return desk.stopped()
        .map(
            why ->
                "<p class=\"stopped\">No work is accepted at the moment: %s</p>\n"
                    .formatted(Html.escape(why)))
        .orElse("");
  }

  private String projects() {
    List<Project> projects = Project.of(desk.batches());
    if (projects.isEmpty()) {
      return "<p>No project has submitted work yet.</p>\n";
    }
    StringBuilder out = new StringBuilder();
    projects.stream().limit(PROJECTS_MAX).forEach(project -> out.append(project(project)));
    if (projects.size() > PROJECTS_MAX) {
      out.append("<p>And %,d more projects.</p>\n".formatted(projects.size() - PROJECTS_MAX));
    }
    return out.toString();
  }

  private static String project(Project project) {
    return """
        <section class="project">
        <h3>%1$s</h3>
        <p class="release">%2$s</p>
        <p>%3$s</p>
        <progress value="%4$d" max="%5$d" aria-label="Units with an agreed result"></progress>
        <dl class="counts">
        <div><dt>Units agreed</dt><dd>%6$s of %7$s</dd></div>
        <div><dt>Running now</dt><dd>%8$s</dd></div>
        <div><dt>CPU time agreed</dt><dd>%9$s</dd></div>
        </dl>
        </section>
        """
        .formatted(
            Html.escape(project.name()),
            Html.escape(project.release()),
            Html.escape(project.purpose()),
            project.accepted(),
            Math.max(1, project.units()),
            number(project.accepted()),
            number(project.units()),
            number(project.leased()),
            time(project.cpuMs()));
  }

  private String log() {
    Optional<LatestCheckpoint.Published> latest;
    try {
      latest = checkpoint.read();
    } catch (IOException e) {
      return "<p>The newest checkpoint cannot be read at the moment.</p>\n";
    }
    return latest
        .map(
            published ->
                """
                <dl class="log">
                <dt>Log</dt><dd>%s</dd>
                <dt>Entries</dt><dd>%s</dd>
                <dt>Root hash</dt><dd><code>%s</code></dd>
                </dl>
                """
                    .formatted(
                        Html.escape(published.origin()),
                        number(published.size()),
                        Html.escape(published.root())))
        .orElse("<p>The log has no entry yet.</p>\n");
  }

  private static String howToCheck(About about) {
    return """
        <ol>
        <li>Fetch <a href="/log/checkpoint">the newest checkpoint</a> and check its signature
        with the log&#39;s key: <code>%s</code></li>
        <li>Fetch the log&#39;s tiles, hash them, and compare the root with the checkpoint&#39;s.
        Their form is described at <a href="https://c2sp.org/tlog-tiles">c2sp.org/tlog-tiles</a>;
        any program that reads it will do.</li>
        <li>Keep the checkpoint. Every later one must hold all that this one holds; a consistency
        proof shows it.</li>
        </ol>
        <p>The log names no person and no computer: what one computer gave is in it as a salted
        hash that only its owner can open. <a href="/api/v1/origin">About this server</a>,
        <a href="/api/v1/batches">all batches</a>.</p>
        """
        .formatted(Html.escape(about.logKey()));
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Milliseconds in the unit that keeps the figure readable. */
  private static String time(long ms) {
    if (ms < 60_000) {
      return String.format(Locale.ROOT, "%.1f s", ms / 1e3);
    }
    if (ms < 3_600_000) {
      return String.format(Locale.ROOT, "%.1f min", ms / 6e4);
    }
    return String.format(Locale.ROOT, ms < 360_000_000 ? "%.1f h" : "%,.0f h", ms / 3.6e6);
  }

  private static String resource(String name) {
    try (InputStream in = FrontPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
