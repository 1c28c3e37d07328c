package org.almoner.coordinator.http.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.almoner.coordinator.desk.About;

/**
 * What every page for people has in common: head, navigation, footer, and the files they load. All
 * of it comes from this server.
 */
public final class Sheet {
  /** The style of every page. */
  public static final String STYLE = resource("style.css");

  /** The front page's script; without it the page is the same and stands still. */
  public static final String SCRIPT = resource("page.js");

  /** The icon in a browser's tab. */
  public static final String ICON = resource("icon.svg");

  private final About about;
  private final URI source;

  /**
   * Pages of one coordinator.
   *
   * @param source where the running program's source is
   */
  public Sheet(About about, URI source) {
    this.about = about;
    this.source = source;
  }

  About about() {
    return about;
  }

  /** A page without a script. */
  String html(String title, String header, String main) {
    return html(title, "", "", header, main);
  }

  /** A page whose values the script keeps up to date as long as its shape stays the same. */
  String liveHtml(String title, String shape, String header, String main) {
    return html(
        title,
        "<script src=\"/page.js\" defer></script>\n",
        " data-shape=\"" + Html.escape(shape) + "\"",
        header,
        main);
  }

  private String html(String title, String script, String bodyData, String header, String main) {
    return """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>%1$s</title>
        <link rel="icon" href="/icon.svg" type="image/svg+xml">
        <link rel="stylesheet" href="/style.css">
        %2$s</head>
        <body%3$s>
        <a class="skip" href="#main">Skip to the content</a>
        <header>
        <nav aria-label="This server">
        <a class="origin" href="/">%4$s</a>
        <a href="/me">Your donated time</a>
        </nav>
        %5$s</header>
        <main id="main">
        %6$s</main>
        <footer>
        <p>%7$s is free software under the GNU AGPL, version 3 or later.
        <a href="%8$s">Get the source of this server</a></p>
        </footer>
        </body>
        </html>
        """
        .formatted(
            Html.escape(title),
            script,
            bodyData,
            Html.escape(about.origin()),
            header,
            main,
            Html.escape(about.software()),
            Html.escape(source.toString()));
  }

  private static String resource(String name) {
    try (InputStream in = Sheet.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
