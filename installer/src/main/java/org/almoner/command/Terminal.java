package org.almoner.command;

import java.io.PrintStream;

/**
 * Lines for people; a last line that is written over while it changes, where the launcher found
 * that a person is watching.
 */
final class Terminal {
  private final PrintStream out;
  private final boolean live;
  private String shown = "";

  Terminal(PrintStream out) {
    this.out = out;
    this.live = Boolean.getBoolean("almoner.terminal") && !"dumb".equals(System.getenv("TERM"));
  }

  /** A line that stays. */
  void line(String text) {
    clear();
    out.println(text);
    out.flush();
  }

  /** A line that the next one replaces; without a terminal it is printed when it changes. */
  void progress(String text) {
    if (text.equals(shown)) {
      return;
    }
    if (live) {
      out.print("\r\033[2K" + text);
    } else {
      out.println(text);
    }
    out.flush();
    shown = text;
  }

  /** Takes away the line that would be written over. */
  void clear() {
    if (live && !shown.isEmpty()) {
      out.print("\r\033[2K");
    }
    shown = "";
  }
}
