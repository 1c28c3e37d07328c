package org.almoner.command;

import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Tells a story to a terminal: one event a line, each with the time since the beginning. */
final class Narrator {
  private static final int SUBJECT_WIDTH = 11;

  private final Terminal terminal;
  private final LongSupplier nanos;
  private final long began;

  /**
   * Begins now.
   *
   * @param nanos a monotonic clock
   */
  Narrator(Terminal terminal, LongSupplier nanos) {
    this.terminal = terminal;
    this.nanos = nanos;
    this.began = nanos.getAsLong();
  }

  /** Something happened. */
  void event(String subject, String sentence) {
    terminal.line(time() + "  " + padded(subject) + sentence);
  }

  /** Something goes on; shown in place, or once a {@code milestone} where nobody is watching. */
  void progress(String subject, String sentence, long milestone) {
    terminal.progress(time() + "  " + padded(subject) + sentence, milestone);
  }

  /** Minutes and seconds since the beginning. */
  String time() {
    long seconds = (nanos.getAsLong() - began) / 1_000_000_000;
    return String.format(Locale.ROOT, "%02d:%02d", seconds / 60, seconds % 60);
  }

  /** Lines in a frame, under an empty line. */
  void box(List<String> lines) {
    int width = lines.stream().mapToInt(String::length).max().orElse(0);
    terminal.line("");
    terminal.line("┌" + "─".repeat(width + 2) + "┐");
    lines.forEach(line -> terminal.line("│ " + line + " ".repeat(width - line.length()) + " │"));
    terminal.line("└" + "─".repeat(width + 2) + "┘");
  }

  private static String padded(String subject) {
    return subject + " ".repeat(Math.max(1, SUBJECT_WIDTH - subject.length()));
  }
}
