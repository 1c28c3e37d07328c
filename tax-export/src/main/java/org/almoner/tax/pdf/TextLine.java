package org.almoner.tax.pdf;

import com.itextpdf.kernel.font.PdfFont;
import com.itextpdf.kernel.pdf.canvas.PdfCanvas;
import java.util.ArrayList;
import java.util.List;

/**
 * One line of a text that was broken to fit a width.
 *
 * @param parts what stands on it, each in one font
 * @param width of all of it, in points
 */
record TextLine(List<Part> parts, float width) {
  TextLine {
    parts = List.copyOf(parts);
  }

  /** A piece of a line in one font. */
  record Part(PdfFont font, String text) {}

  /** Breaks {@code text} at spaces, between letters of Asia, and inside what is too wide. */
  static List<TextLine> of(List<Part> text, float size, float room) {
    float whole = width(text, size);
    if (whole <= room) {
      return List.of(new TextLine(text, whole));
    }
    Breaking breaking = new Breaking(size, room);
    for (Part part : text) {
      for (String word : words(part.text())) {
        breaking.add(part.font(), word);
      }
    }
    return breaking.end();
  }

  /** Shows the line with its beginning at {@code x}; between beginText and endText. */
  void show(PdfCanvas canvas, float x, float baseline, float size) {
    canvas.setTextMatrix(x, baseline);
    for (Part part : parts) {
      canvas.setFontAndSize(part.font(), size).showText(part.text());
    }
  }

  private static float width(List<Part> parts, float size) {
    float sum = 0;
    for (Part part : parts) {
      sum += part.font().getWidth(part.text(), size);
    }
    return sum;
  }

  /** Pieces that stay together where they fit: a word with its space, or one letter of Asia. */
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int from = 0;
    int next;
    for (int at = 0; at < text.length(); at = next) {
      int c = text.codePointAt(at);
      next = at + Character.charCount(c);
      boolean ends = c == ' ' || c == '-' || AsianFonts.covers(c);
      boolean begins = next < text.length() && AsianFonts.covers(text.codePointAt(next));
      if (ends || begins) {
        words.add(text.substring(from, next));
        from = next;
      }
    }
    if (from < text.length()) {
      words.add(text.substring(from));
    }
    return words;
  }

  /** Lines in the making. */
  private static final class Breaking {
    private final float size;
    private final float room;
    private final List<TextLine> lines = new ArrayList<>();
    private final List<Part> line = new ArrayList<>();
    private float used;

    Breaking(float size, float room) {
      this.size = size;
      this.room = room;
    }

    void add(PdfFont font, String word) {
      if (used > 0 && used + font.getWidth(word.stripTrailing(), size) > room) {
        endLine();
      }
      String rest = word;
      while (font.getWidth(rest.stripTrailing(), size) > room && letters(rest) > 1) {
        int cut = fitting(font, rest);
        put(font, rest.substring(0, cut));
        endLine();
        rest = rest.substring(cut);
      }
      put(font, rest);
    }

    /** At least one letter, or nothing would ever end. */
    private int fitting(PdfFont font, String word) {
      int cut = word.offsetByCodePoints(0, 1);
      while (cut < word.length()) {
        int next = word.offsetByCodePoints(cut, 1);
        if (font.getWidth(word.substring(0, next), size) > room) {
          return cut;
        }
        cut = next;
      }
      return cut;
    }

    private static int letters(String word) {
      return word.codePointCount(0, word.length());
    }

    private void put(PdfFont font, String text) {
      used += font.getWidth(text, size);
      int last = line.size() - 1;
      if (last >= 0 && line.get(last).font() == font) {
        line.set(last, new Part(font, line.get(last).text() + text));
      } else {
        line.add(new Part(font, text));
      }
    }

    private void endLine() {
      if (!line.isEmpty()) {
        int last = line.size() - 1;
        line.set(last, new Part(line.get(last).font(), line.get(last).text().stripTrailing()));
        lines.add(new TextLine(line, width(line, size)));
        line.clear();
        used = 0;
      }
    }

    List<TextLine> end() {
      endLine();
      return lines;
    }
  }
}
