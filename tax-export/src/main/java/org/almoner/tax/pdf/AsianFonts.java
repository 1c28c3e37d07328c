package org.almoner.tax.pdf;

import com.itextpdf.io.font.FontProgram;
import com.itextpdf.io.font.FontProgramFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.Character.UnicodeScript;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Chinese, Japanese and Korean type faces: those of Noto Sans CJK in a folder of this computer.
 * They are 20 MB a weight, so Almoner does not bring them, and sets them in one weight; a document
 * embeds only the letters it shows.
 *
 * <p>Read when they are first needed. Safe for use by several threads.
 */
public final class AsianFonts {
  /** Where Debian's package fonts-noto-cjk puts them. */
  public static final Path DEBIAN = Path.of("/usr/share/fonts/opentype/noto");

  private static final String FILE = "NotoSansCJK-Regular.ttc";
  private static final Path NOWHERE = Path.of("");
  private static final Set<UnicodeScript> SCRIPTS =
      EnumSet.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.HANGUL,
          UnicodeScript.BOPOMOFO);

  /** How the letters that these languages share are drawn. */
  enum Form {
    JAPANESE(0),
    KOREAN(1),
    CHINESE(2);

    private final int index;

    Form(int index) {
      this.index = index;
    }

    /** The form of a text, told by the letters that only one language has; else Chinese. */
    static Form of(String text) {
      if (text.codePoints().anyMatch(c -> UnicodeScript.of(c) == UnicodeScript.HANGUL)) {
        return KOREAN;
      }
      boolean kana =
          text.codePoints()
              .mapToObj(UnicodeScript::of)
              .anyMatch(s -> s == UnicodeScript.HIRAGANA || s == UnicodeScript.KATAKANA);
      return kana ? JAPANESE : CHINESE;
    }
  }

  private final Path folder;
  private final Map<Form, FontProgram> programs = new ConcurrentHashMap<>();

  private AsianFonts(Path folder) {
    this.folder = folder;
  }

  /** No such fonts. */
  public static AsianFonts none() {
    return new AsianFonts(NOWHERE);
  }

  /** Those in {@code folder}; none when it does not hold them. */
  public static AsianFonts in(Path folder) {
    return Files.isReadable(folder.resolve(FILE)) ? new AsianFonts(folder) : none();
  }

  /** Whether there are any. */
  public boolean found() {
    return !folder.equals(NOWHERE);
  }

  /** Whether a letter is of a script that these fonts are for. */
  static boolean covers(int codePoint) {
    return SCRIPTS.contains(UnicodeScript.of(codePoint));
  }

  /** The font for texts of {@code form}; empty when there are none. */
  Optional<FontProgram> program(Form form) {
    return found() ? Optional.of(programs.computeIfAbsent(form, this::read)) : Optional.empty();
  }

  private FontProgram read(Form form) {
    Path file = folder.resolve(FILE);
    try {
      return FontProgramFactory.createFont(file.toString(), form.index, true);
    } catch (IOException | com.itextpdf.io.exceptions.IOException e) {
      throw new UncheckedIOException(
          new IOException("the font " + file + " cannot be read: " + e.getMessage(), e));
    }
  }
}
