package org.almoner.tax.pdf;

import com.itextpdf.io.font.FontProgram;
import com.itextpdf.io.font.FontProgramFactory;
import com.itextpdf.io.font.PdfEncodings;
import com.itextpdf.io.font.otf.Glyph;
import com.itextpdf.kernel.font.PdfFont;
import com.itextpdf.kernel.font.PdfFontFactory;
import com.itextpdf.kernel.font.PdfFontFactory.EmbeddingStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The type faces, read once, and what can be set in them.
 *
 * <p>Only scripts whose letters stand side by side as they are stored: Latin, Greek and Cyrillic
 * with the fonts shipped; Chinese, Japanese and Korean where the computer has fonts for them.
 * Others need shaping that this layout does not do, so a glyph alone is not enough to admit them.
 */
final class Typecase {
  private static final Set<UnicodeScript> SCRIPTS =
      EnumSet.of(
          UnicodeScript.LATIN,
          UnicodeScript.GREEK,
          UnicodeScript.CYRILLIC,
          UnicodeScript.COMMON,
          UnicodeScript.INHERITED);

  private static final Set<UnicodeScript> SIMPLE =
      EnumSet.of(UnicodeScript.ARMENIAN, UnicodeScript.GEORGIAN, UnicodeScript.CHEROKEE);

  private final Map<Face, FontProgram> programs = new EnumMap<>(Face.class);
  private final AsianFonts asian;

  /**
   * A face in which a part of a text is set.
   *
   * @param face the face of letters of Europe
   * @param form how letters of Asia are drawn; empty for a part that has none
   */
  record Cut(Face face, List<AsianFonts.Form> form) {
    Cut {
      form = List.copyOf(form);
    }
  }

  /** A part of a text that is set in one face. */
  record Run(Cut cut, String text) {}

  Typecase(AsianFonts asian) {
    this.asian = asian;
    for (Face face : Face.values()) {
      programs.put(face, read(face));
    }
  }

  private static FontProgram read(Face face) {
    try (InputStream in = Typecase.class.getResourceAsStream(face.resource())) {
      if (in == null) {
        throw new IllegalStateException("the build lacks the font " + face.resource());
      }
      return FontProgramFactory.createFont(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("the font " + face.resource() + " cannot be read", e);
    }
  }

  /** A font for one document. */
  PdfFont font(Cut cut) {
    FontProgram program =
        cut.form().isEmpty()
            ? program(cut.face())
            : asian
                .program(cut.form().get(0))
                .orElseThrow(() -> new IllegalStateException("no font for " + cut));
    return PdfFontFactory.createFont(
        program, PdfEncodings.IDENTITY_H, EmbeddingStrategy.FORCE_EMBEDDED);
  }

  /** The display face where it can set {@code text}, else the strong one. */
  Face display(String text) {
    return firstMissing(Face.DISPLAY, text).isEmpty() ? Face.DISPLAY : Face.STRONG;
  }

  /** {@code text} cut where its face changes. */
  List<Run> runs(String text, Face face) {
    Cut plain = new Cut(face, List.of());
    if (firstMissing(face, text).isEmpty()) {
      return List.of(new Run(plain, text));
    }
    Cut other = new Cut(Face.REGULAR, List.of(AsianFonts.Form.of(text)));
    List<Run> runs = new ArrayList<>();
    int from = 0;
    boolean before = false;
    for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
      boolean now = !sets(face, text.codePointAt(at));
      if (now != before && at > from) {
        runs.add(new Run(before ? other : plain, text.substring(from, at)));
        from = at;
      }
      before = now;
    }
    runs.add(new Run(before ? other : plain, text.substring(from)));
    return runs;
  }

  /**
   * Why {@code text} cannot be set, or nothing when it can.
   *
   * @param where the place it stands, for the sentence
   */
  Optional<String> refusal(String where, String text) {
    OptionalInt missing =
        text.codePoints()
            .filter(c -> !sets(Face.REGULAR, c) || !sets(Face.STRONG, c))
            .filter(c -> !setsAsian(text, c))
            .findFirst();
    if (missing.isEmpty()) {
      return Optional.empty();
    }
    int c = missing.getAsInt();
    return Optional.of(
        String.format(
            "%s has the character %s (U+%04X %s), %s",
            where, Character.toString(c), c, Character.getName(c), reason(c)));
  }

  private String reason(int c) {
    UnicodeScript script = UnicodeScript.of(c);
    if (AsianFonts.covers(c)) {
      return asian.found()
          ? "which the fonts of this computer lack; write it with another letter"
          : "and this computer has no font for it; install Noto Sans CJK (Debian: apt-get install"
              + " fonts-noto-cjk) or name its folder in receipts.fonts";
    }
    if (SCRIPTS.contains(script) || SIMPLE.contains(script)) {
      return "which no font shipped with Almoner can set; write it in Latin, Greek or Cyrillic"
          + " letters";
    }
    return "whose letters join, stack or run from right to left; Almoner cannot set them properly"
        + " yet and does not set them wrongly: write it in Latin letters, as a passport has it";
  }

  private OptionalInt firstMissing(Face face, String text) {
    return text.codePoints().filter(c -> !sets(face, c)).findFirst();
  }

  private boolean sets(Face face, int codePoint) {
    return SCRIPTS.contains(UnicodeScript.of(codePoint)) && drawn(program(face), codePoint);
  }

  /** Letters of Asia, and signs that stand between them. */
  private boolean setsAsian(String text, int codePoint) {
    boolean admitted =
        AsianFonts.covers(codePoint) || UnicodeScript.of(codePoint) == UnicodeScript.COMMON;
    return admitted
        && text.codePoints().anyMatch(AsianFonts::covers)
        && asian
            .program(AsianFonts.Form.of(text))
            .filter(program -> drawn(program, codePoint))
            .isPresent();
  }

  private static boolean drawn(FontProgram program, int codePoint) {
    Glyph glyph = program.getGlyph(codePoint);
    return glyph != null && glyph.getCode() != 0;
  }

  private FontProgram program(Face face) {
    FontProgram program = programs.get(face);
    if (program == null) {
      throw new IllegalStateException("no font for " + face);
    }
    return program;
  }
}
