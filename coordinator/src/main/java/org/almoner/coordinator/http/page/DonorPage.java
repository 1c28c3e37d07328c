package org.almoner.coordinator.http.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.almoner.coordinator.desk.LineDesk;
import org.almoner.coordinator.desk.ObjectionView;
import org.almoner.coordinator.desk.Standing;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.identity.DonorId;

/** The page that one donor sees: what was given, what counts and when, and the documents. */
public final class DonorPage {
  /** Lines of one reason above which they are folded in. */
  private static final int FOLDED_FROM = 5;

  private final Sheet sheet;

  /** Pages of one coordinator. */
  public DonorPage(Sheet sheet) {
    this.sheet = sheet;
  }

  /** The page of a donor who is signed in. */
  public String html(
      DonorId donor,
      Standing standing,
      List<IssuedDocuments.Issued> documents,
      List<ObjectionView> objections,
      RefusedForm refused) {
    String header =
        """
        <h1>Your donated time</h1>
        <form method="post" action="/me/sign-out" class="who">
        <p>You are donor <code>%s</code>.</p>
        <button type="submit" class="quiet">Sign out</button>
        </form>
        %s"""
            .formatted(donor.toHex(), figures(standing));
    String main =
        documents(documents)
            + maturing(standing)
            + excluded(standing)
            + objections(standing, objections, refused);
    return sheet.html("Your donated time", header, main);
  }

  /**
   * Where a donor signs in; {@code sentence} says why the last attempt did not work, or nothing.
   */
  public String signIn(String sentence) {
    String header =
        """
        <h1>Your donated time</h1>
        <p class="lead">See what your computers gave, and download your documents.</p>
        """;
    String main =
        """
        <section aria-labelledby="sign-in">
        <h2 id="sign-in">Sign in</h2>
        <form method="post" action="/me" class="sign-in">
        <label for="token">Token of your account</label>
        <p class="hint" id="token-hint">You got it when your account was opened. It is never shown
        again, neither here nor in an address.</p>
        %s<input id="token" name="token" type="password" autocomplete="current-password"
         required maxlength="200" spellcheck="false" autocapitalize="none"
         aria-describedby="token-hint%s">
        <button type="submit">Sign in</button>
        </form>
        </section>
        """
            .formatted(
                sentence.isEmpty()
                    ? ""
                    : "<p class=\"fault\" id=\"token-fault\" role=\"alert\">%s</p>\n"
                        .formatted(Html.escape(sentence)),
                sentence.isEmpty() ? "" : " token-fault\" aria-invalid=\"true");
    return sheet.html(
        (sentence.isEmpty() ? "" : "Not signed in: ") + "Your donated time", header, main);
  }

  private static String figures(Standing standing) {
    long maturingMs = standing.maturing().stream().mapToLong(Standing.Maturing::cpuMs).sum();
    return """
        <dl class="totals">
        <div><dt>Counts</dt><dd>%1$s</dd></div>
        <div><dt>Agreed, maturing</dt><dd>%2$s</dd></div>
        <div><dt>Units returned</dt><dd>%3$s</dd></div>
        <div><dt>Units agreed</dt><dd>%4$s</dd></div>
        <div><dt>Waiting for another donor</dt><dd>%5$s</dd></div>
        </dl>
        <p class="aside">Times are processor time, as your computers measured it. A unit counts once
        another donor&#39;s computer has agreed, or yours has been found right so often that only
        some of its units are checked, and it has rested long enough for anybody to object.</p>
        """
        .formatted(
            Words.time(standing.countedMs()),
            Words.time(maturingMs),
            Words.number(standing.returned()),
            Words.number(standing.agreed()),
            Words.number(standing.waiting()));
  }

  private static String documents(List<IssuedDocuments.Issued> documents) {
    StringBuilder rows = new StringBuilder();
    for (IssuedDocuments.Issued document : documents) {
      String number = Html.escape(document.number());
      rows.append(
          """
          <li>
          <p><strong>%1$s</strong> <span>%2$s to %3$s, issued on %4$s</span></p>
          %5$s<p class="files"><a href="/me/documents/%1$s/pdf" download>Statement %1$s (PDF)</a>
          <a href="/me/documents/%1$s/evidence" download>Evidence of %1$s (zip)</a></p>
          </li>
          """
              .formatted(
                  number,
                  Words.day(document.from()),
                  Words.day(document.to()),
                  Words.day(document.issuedOn()),
                  state(document)));
    }
    String list =
        documents.isEmpty()
            ? """
              <p>No document was issued to you yet. A year&#39;s statement is issued once the year
              has closed.</p>
              """
            : "<ul class=\"documents\">\n" + rows + "</ul>\n" + CHECK;
    return section("documents", "Documents", list);
  }

  /** What became of it, unless it stands. */
  private static String state(IssuedDocuments.Issued document) {
    String text =
        switch (document.state()) {
          case STANDS -> "";
          case REPLACED ->
              "Replaced: use %s, which stands in its place.".formatted(document.replacedBy());
          case CANCELLED ->
              "Cancelled, it counts no more: %s"
                  .formatted(document.reason().isEmpty() ? "ask us why." : document.reason());
        };
    return text.isEmpty() ? "" : "<p class=\"state\">%s</p>\n".formatted(Html.escape(text));
  }

  private static final String CHECK =
      """
      <p class="aside">Anybody can check a statement without asking us:
      <code>./almoner verify FILE.pdf --trust trust.json</code>. Keep the evidence to yourself: it
      tells on which days your computers worked.</p>
      """;

  private static String maturing(Standing standing) {
    if (standing.maturing().isEmpty()) {
      return "";
    }
    StringBuilder rows = new StringBuilder();
    for (Standing.Maturing day : standing.maturing()) {
      rows.append(
          "<tr><th scope=\"row\"><time datetime=\"%s\">%s</time></th><td>%s</td><td>%s</td></tr>\n"
              .formatted(
                  day.day(),
                  Words.day(day.day()),
                  Words.number(day.lines()),
                  Words.time(day.cpuMs())));
    }
    return section(
        "maturing",
        "What will count",
        """
        <table aria-labelledby="maturing">
        <thead><tr><th scope="col">From</th><th scope="col">Units</th>\
        <th scope="col">Processor time</th></tr></thead>
        <tbody>
        %s</tbody>
        </table>
        """
            .formatted(rows));
  }

  private static String excluded(Standing standing) {
    if (standing.excluded().isEmpty()) {
      return "";
    }
    Map<Outcome, List<Standing.Excluded>> byReason = new LinkedHashMap<>();
    for (Standing.Excluded line : standing.excluded()) {
      byReason.computeIfAbsent(line.outcome(), reason -> new ArrayList<>()).add(line);
    }
    StringBuilder out = new StringBuilder();
    if (standing.excluded().size() == Standing.EXCLUDED_MAX) {
      out.append(
          "<p class=\"aside\">The newest %d are listed.</p>\n".formatted(Standing.EXCLUDED_MAX));
    }
    byReason.forEach((reason, lines) -> out.append(reason(reason, lines)));
    return section("excluded", "What will not count, and why", out.toString());
  }

  /** A donor may object as long as a line is not settled. */
  private static String objections(
      Standing standing, List<ObjectionView> objections, RefusedForm refused) {
    if (standing.excluded().isEmpty() && objections.isEmpty() && refused.isNone()) {
      return "";
    }
    StringBuilder rows = new StringBuilder();
    for (ObjectionView each : objections) {
      rows.append(
          "<li>Entry %s: %s</li>\n"
              .formatted(
                  Words.number(each.leaf()),
                  switch (each.state()) {
                    case OPEN -> "you objected; it rests until the operator has ruled.";
                    case UPHELD -> "the operator agreed with you; it counts once it is settled.";
                    case DISMISSED -> "the operator did not agree with you.";
                  }));
    }
    String list = objections.isEmpty() ? "" : "<ul>\n" + rows + "</ul>\n";
    return section(
        "object",
        "If you do not agree",
        """
        <p>Object to an entry above before it is settled, and it rests until the operator has looked
        at it. Only the operator reads what you write.</p>
        %s<form method="post" action="/me/objections" class="sign-in">
        %s<label for="leaf">Number of the entry</label>
        <input id="leaf" name="leaf" inputmode="numeric" pattern="[0-9]{1,15}" required
         maxlength="15" autocomplete="off" value="%s">
        <label for="words">Why it should count</label>
        <textarea id="words" name="words" required maxlength="%d" rows="3">%s</textarea>
        <button type="submit">Object</button>
        </form>
        """
            .formatted(
                list,
                refused.isNone()
                    ? ""
                    : "<p class=\"fault\" id=\"objection-fault\" role=\"alert\">%s</p>\n"
                        .formatted(Html.escape(refused.sentence())),
                Html.escape(refused.leaf()),
                LineDesk.WORDS_MAX,
                Html.escape(refused.words())));
  }

  /** Lines of one reason; folded in when they are many. */
  private static String reason(Outcome reason, List<Standing.Excluded> lines) {
    StringBuilder rows = new StringBuilder();
    for (Standing.Excluded line : lines) {
      rows.append(
          "<tr><th scope=\"row\">%s</th><td>%s</td></tr>\n"
              .formatted(
                  Words.number(line.leaf()),
                  Html.escape(line.project() + ", unit " + line.lease().unit())));
    }
    return """
        <details%1$s>
        <summary><strong>%2$s</strong> %3$s</summary>
        <table aria-label="%3$s" class="entries">
        <thead><tr><th scope="col">Entry</th><th scope="col">Unit</th></tr></thead>
        <tbody>
        %4$s</tbody>
        </table>
        </details>
        """
        .formatted(
            lines.size() > FOLDED_FROM ? "" : " open",
            Words.count(lines.size(), "unit.", "units."),
            Html.escape(OutcomeWords.of(reason)),
            rows);
  }

  private static String section(String id, String title, String body) {
    return """
        <section aria-labelledby="%1$s">
        <h2 id="%1$s">%2$s</h2>
        %3$s</section>
        """
        .formatted(id, title, body);
  }
}
