package org.almoner.coordinator.http.page;

import java.time.InstantSource;
import org.almoner.coordinator.desk.Desk;

/**
 * The page for people: what is computed here and for whom, the newest end of the log, and how to
 * check both.
 */
public final class FrontPage {
  /** Most projects shown. */
  public static final int PROJECTS_MAX = 50;

  private static final String LEAD =
      """
      <h1>Spare computing, lent to open science</h1>
      <p class="lead">People lend the idle time of their computers. This server hands out the work,
      and a public log keeps what was given, so that nobody has to take our word for it.</p>
      """;

  private final Desk desk;
  private final PublicLog log;
  private final Sheet sheet;
  private final InstantSource clock;

  /** Shows what {@code desk} and {@code log} say. */
  public FrontPage(Desk desk, PublicLog log, Sheet sheet, InstantSource clock) {
    this.desk = desk;
    this.log = log;
    this.sheet = sheet;
    this.clock = clock;
  }

  /** The whole page as it is at this moment. */
  public String html() {
    FrontView view = FrontView.read(desk, log, clock.instant());
    return sheet.liveHtml(
        sheet.about().origin(), view.shape(), LEAD + stopped(view) + totals(view), main(view));
  }

  /** The values of the page as they are at this moment. */
  public LiveFrame frame() {
    FrontView view = FrontView.read(desk, log, clock.instant());
    return new LiveFrame(view.shape(), view.values());
  }

  private static String stopped(FrontView view) {
    return view.stopped().isEmpty()
        ? ""
        : "<p class=\"stopped\">No work is accepted at the moment: %s</p>\n"
            .formatted(Html.escape(view.stopped()));
  }

  private static String totals(FrontView view) {
    return """
        <dl class="totals">
        <div><dt>CPU time agreed</dt>%1$s</div>
        <div><dt>Units agreed</dt>%2$s</div>
        <div><dt>Running now</dt>%3$s</div>
        </dl>
        <p class="live" id="live" hidden>These figures keep themselves up to date.</p>
        <p class="news" id="news" role="status"></p>
        """
        .formatted(place(view, "all-cpu"), place(view, "all-agreed"), place(view, "all-running"));
  }

  /** A description whose text the script may replace. */
  private static String place(FrontView view, String name) {
    return "<dd data-live=\"%s\">%s</dd>".formatted(name, Html.escape(view.value(name)));
  }

  private String main(FrontView view) {
    return """
        <section aria-labelledby="projects">
        <h2 id="projects">What is being computed</h2>
        <p class="aside">Each unit is run by at least two strangers&#39; computers, and is agreed when
        their answers are the same.</p>
        %1$s</section>
        <section aria-labelledby="part">
        <h2 id="part">Take part</h2>
        %2$s</section>
        <section aria-labelledby="log">
        <h2 id="log">The public log</h2>
        %3$s</section>
        <section aria-labelledby="check">
        <h2 id="check">How to check</h2>
        %4$s</section>
        """
        .formatted(projects(view), takePart(), LogSection.html(view), howToCheck());
  }

  private static String projects(FrontView view) {
    if (view.projects().isEmpty()) {
      return "<p>No project has submitted work yet.</p>\n";
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < view.projects().size(); i++) {
      out.append(project(view, i));
    }
    if (view.more() > 0) {
      out.append("<p>And %,d more projects.</p>\n".formatted(view.more()));
    }
    return out.toString();
  }

  private static String project(FrontView view, int i) {
    Project project = view.projects().get(i);
    String at = "p" + i + "-";
    String name = "project-" + i;
    return """
        <article class="project" aria-labelledby="%1$s">
        <h3 id="%1$s">%2$s</h3>
        <p class="by">%3$s<span>%4$s</span>%15$s</p>
        <p class="purpose">%5$s</p>
        <div class="bar"><progress data-live="%6$sbar" value="%7$d" max="%8$d"\
         aria-label="Units agreed of %2$s"></progress><span data-live="%6$spercent">%9$s</span></div>
        <dl class="counts">
        <div><dt>Units agreed</dt>%10$s</div>
        <div><dt>Running now</dt>%11$s</div>
        <div><dt>Waiting</dt>%12$s</div>
        <div><dt>CPU time agreed</dt>%13$s</div>
        %14$s</dl>
        </article>
        """
        .formatted(
            name,
            Html.escape(project.name()),
            project.owner().isEmpty()
                ? ""
                : "<span>For <strong>%s</strong></span>".formatted(Html.escape(project.owner())),
            Html.escape(project.release()),
            Html.escape(project.purpose()),
            at,
            project.accepted(),
            Math.max(1, project.units()),
            Html.escape(view.value(at + "percent")),
            place(view, at + "agreed"),
            place(view, at + "running"),
            place(view, at + "open"),
            place(view, at + "cpu"),
            project.failed() == 0
                ? ""
                : "<div><dt>Ended without a result</dt>" + place(view, at + "failed") + "</div>\n",
            standing(project));
  }

  private static String standing(Project project) {
    StringBuilder out = new StringBuilder();
    project
        .standing()
        .forEach(words -> out.append("<span>%s</span>".formatted(Html.escape(words))));
    return out.toString();
  }

  private static String takePart() {
    return """
        <div class="ways">
        <section>
        <h3>Lend a computer</h3>
        <p>It runs open-source work in a sandbox, and stops within two seconds. It reads none of your
        files. <var>URL</var> is the address of this page.</p>
        <pre tabindex="0"><code>./almoner agent <span>--coordinator URL</span></code></pre>
        </section>
        <section>
        <h3>See what you gave</h3>
        <p>Hours that count, units that wait, and your documents to download.</p>
        <p><a href="/me">Your donated time</a></p>
        </section>
        <section>
        <h3>Trust nobody</h3>
        <p>Every statement leads to an entry of the log. You can check both on your own computer,
        without asking us.</p>
        <p><a href="#check">How to check</a></p>
        </section>
        </div>
        """;
  }

  private String howToCheck() {
    return """
        <ol>
        <li>Fetch <a href="/log/checkpoint">the newest checkpoint</a> and check its signature
        with the log&#39;s key: <code>%1$s</code></li>
        <li>Fetch the log&#39;s tiles, hash them, and compare the root with the checkpoint&#39;s.
        Their form is described at <a href="https://c2sp.org/tlog-tiles">c2sp.org/tlog-tiles</a>;
        any program that reads it will do. Ours is one line:
        <pre tabindex="0"><code>./almoner log check <span>--log URL/log</span> --key %1$s</code></pre></li>
        <li>Keep the checkpoint. Every later one must hold all that this one holds; a consistency
        proof shows it.</li>
        </ol>
        <p>The log names no person and no computer: what one computer gave is in it as a salted
        hash that only its owner can open. <a href="/api/v1/origin">About this server</a>,
        <a href="/api/v1/batches">all batches</a>.</p>
        """
        .formatted(Html.escape(sheet.about().logKey()));
  }
}
