package org.almoner.command;

import java.util.Locale;

/** How far an upload has come, in one line that is written over. */
final class UploadBar {
  private static final int WIDTH = 24;
  private static final double MEBIBYTE = 1 << 20;

  private final Terminal terminal;
  private long total;
  private long before;

  UploadBar(Terminal terminal) {
    this.terminal = terminal;
  }

  /** So many octets are to be sent in all. */
  void total(long octets) {
    total = octets;
  }

  /** A file is there, whole. */
  void done(long octets) {
    before += octets;
    show(0);
  }

  /** So many octets of the file on its way were sent. */
  void sent(long octets) {
    show(octets);
  }

  private void show(long octets) {
    long all = Math.min(total, before + octets);
    int full = total == 0 ? WIDTH : (int) (WIDTH * all / total);
    terminal.progress(
        String.format(
            Locale.ROOT,
            "upload [%s%s] %.1f of %.1f MiB",
            "#".repeat(full),
            ".".repeat(WIDTH - full),
            all / MEBIBYTE,
            total / MEBIBYTE),
        4L * full / WIDTH);
  }
}
