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
  private long passed = -1;

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

  /**
   * A line that the next one replaces. Where nobody is watching it is printed once for each {@code
   * milestone}.
   */
  void progress(String text, long milestone) {
    if (live) {
      out.print("\r\033[2K" + text);
      shown = text;
    } else if (milestone != passed) {
      out.println(text);
    }
    passed = milestone;
    out.flush();
  }

  /** Takes away the line that would be written over. */
  void clear() {
    if (live && !shown.isEmpty()) {
      out.print("\r\033[2K");
    }
    shown = "";
  }
}
