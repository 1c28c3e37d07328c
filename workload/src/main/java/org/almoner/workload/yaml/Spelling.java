package org.almoner.workload.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What a mistyped word was meant to be, and words as they appear in a sentence. */
public final class Spelling {
  private static final int QUOTE_CHARS_MAX = 60;

  private Spelling() {}

  /** The known word nearest to {@code word}, when near enough to be meant. */
  public static Optional<String> nearest(String word, Collection<String> known) {
    String lower = word.toLowerCase(Locale.ROOT);
    int reach = Math.max(1, Math.min(word.length(), QUOTE_CHARS_MAX) / 3);
    return known.stream()
        .filter(k -> Math.abs(k.length() - word.length()) <= reach)
        .filter(k -> distance(lower, k.toLowerCase(Locale.ROOT)) <= reach)
        .min(
            Comparator.comparingInt((String k) -> distance(lower, k.toLowerCase(Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** {@code text} in quotes, on one line, shortened. */
  public static String quoted(String text) {
    int end = Math.min(text.length(), QUOTE_CHARS_MAX);
    if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    String shown = text.substring(0, end).replace("\n", "\\n").replace("\t", "\\t");
    return "\"" + shown + (end < text.length() ? "\u2026" : "") + "\"";
  }

  /** Levenshtein's: how many letters to insert, delete or change. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
