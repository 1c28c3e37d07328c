package org.almoner.coordinator.http.page;

/** The newest end of the log, in HTML. */
final class LogSection {
  private LogSection() {}

  static String html(FrontView view) {
    return switch (view.log()) {
      case UNREADABLE -> "<p>The newest checkpoint cannot be read at the moment.</p>\n";
      case EMPTY -> "<p>The log has no entry yet.</p>\n";
      case PUBLISHED -> checkpoint(view) + lines(view);
    };
  }

  private static String checkpoint(FrontView view) {
    return """
        <dl class="checkpoint">
        <div><dt>Entries</dt><dd data-live="size">%s</dd></div>
        <div><dt>Last checkpoint</dt><dd data-live="grew">%s</dd></div>
        <div class="wide"><dt>Root hash</dt><dd><code data-live="root">%s</code></dd></div>
        </dl>
        """
        .formatted(
            Html.escape(view.value("size")),
            Html.escape(view.value("grew")),
            Html.escape(view.value("root")));
  }

  private static String lines(FrontView view) {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < PublicLog.LINES_MAX; i++) {
      String at = "e" + i + "-";
      rows.append(
          """
          <tr%5$s><td><a data-live="%1$spath" href="%2$s">\
          <span data-live="%1$sindex">%3$s</span></a></td>\
          <td data-live="%1$swords">%4$s</td></tr>
          """
              .formatted(
                  at,
                  Html.escape(view.value(at + "path")),
                  Html.escape(view.value(at + "index")),
                  Html.escape(view.value(at + "words")),
                  view.value(at + "index").isEmpty() ? " hidden" : ""));
    }
    return """
        <h3 id="newest">Newest entries</h3>
        <p class="aside">A sealed entry is a salted hash: only the one it is about can open it. A
        number leads to the octets that hold the entry.</p>
        <table aria-labelledby="newest" class="entries">
        <thead><tr><th scope="col">Entry</th><th scope="col">What it is</th></tr></thead>
        <tbody>
        %s</tbody>
        </table>
        """
        .formatted(rows);
  }
}
