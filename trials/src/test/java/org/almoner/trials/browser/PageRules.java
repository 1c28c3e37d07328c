package org.almoner.trials.browser;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What every page keeps to, whoever looks at it and however: measured in the browser, on the page
 * as it is laid out and coloured at that moment.
 *
 * @see <a href="https://www.w3.org/TR/WCAG22/">WCAG 2.2</a>, level AA
 */
public final class PageRules {
  private PageRules() {}

  /** One sentence for each fault of the page that {@code browser} shows; none on a good page. */
  public static List<String> faults(Browser browser) throws IOException {
    try (InputStream script = PageRules.class.getResourceAsStream("page-rules.js")) {
      Object faults = browser.run(new String(script.readAllBytes(), StandardCharsets.UTF_8));
      return ((List<?>) faults).stream().map(String::valueOf).toList();
    }
  }
}
