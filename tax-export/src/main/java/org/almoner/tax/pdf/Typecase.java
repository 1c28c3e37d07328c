package org.almoner.tax.pdf;

import com.itextpdf.io.font.FontProgram;
import com.itextpdf.io.font.FontProgramFactory;
import com.itextpdf.io.font.PdfEncodings;
import com.itextpdf.kernel.font.PdfFont;
import com.itextpdf.kernel.font.PdfFontFactory;
import com.itextpdf.kernel.font.PdfFontFactory.EmbeddingStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.Character.UnicodeScript;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The type faces, read once, and what can be set in them.
 *
 * <p>Only scripts whose letters stand side by side as they are stored: Latin, Greek and Cyrillic.
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

  private final Map<Face, FontProgram> programs = new EnumMap<>(Face.class);

  Typecase() {
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
  PdfFont font(Face face) {
    return PdfFontFactory.createFont(
        program(face), PdfEncodings.IDENTITY_H, EmbeddingStrategy.FORCE_EMBEDDED);
  }

  /** The display face where it can set {@code text}, else the strong one. */
  Face display(String text) {
    return firstMissing(Face.DISPLAY, text).isEmpty() ? Face.DISPLAY : Face.STRONG;
  }

  /**
   * Why {@code text} cannot be set, or nothing when it can.
   *
   * @param where the place it stands, for the sentence
   */
  Optional<String> refusal(String where, String text) {
    OptionalInt missing = firstMissing(Face.REGULAR, text);
    if (missing.isEmpty()) {
      missing = firstMissing(Face.STRONG, text);
    }
    if (missing.isEmpty()) {
      return Optional.empty();
    }
    int c = missing.getAsInt();
    return Optional.of(
        String.format(
            "%s has the character %s (U+%04X %s), which no font shipped with Almoner can set;"
                + " write it in Latin, Greek or Cyrillic letters",
            where, Character.toString(c), c, Character.getName(c)));
  }

  private OptionalInt firstMissing(Face face, String text) {
    FontProgram program = program(face);
    return text.codePoints()
        .filter(c -> !SCRIPTS.contains(UnicodeScript.of(c)) || !drawn(program, c))
        .findFirst();
  }

  private static boolean drawn(FontProgram program, int codePoint) {
    return program.getGlyph(codePoint) != null && program.getGlyph(codePoint).getCode() != 0;
  }

  private FontProgram program(Face face) {
    FontProgram program = programs.get(face);
    if (program == null) {
      throw new IllegalStateException("no font for " + face);
    }
    return program;
  }
}
