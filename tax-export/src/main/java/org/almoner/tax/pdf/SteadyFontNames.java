package org.almoner.tax.pdf;

import com.itextpdf.kernel.pdf.PdfDictionary;
import com.itextpdf.kernel.pdf.PdfName;
import com.itextpdf.kernel.pdf.PdfObject;
import com.itextpdf.kernel.validation.IValidationChecker;
import com.itextpdf.kernel.validation.IValidationContext;
import com.itextpdf.kernel.validation.context.PdfObjectValidationContext;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.almoner.protocol.bytes.Hash;

/**
 * Gives each embedded font the same subset tag every time.
 *
 * <p>A subset's name begins with six letters, which the library draws at random and offers no way
 * to choose; but it shows every object to its checkers just before writing it.
 */
final class SteadyFontNames implements IValidationChecker {
  private static final Pattern RANDOM_TAG = Pattern.compile("[A-Z]{6}\\+.+");
  private static final int TAG_LETTERS = 6;

  private final String seed;
  private final Map<String, PdfName> steady = new HashMap<>();

  /** Tags drawn from {@code seed}. */
  SteadyFontNames(String seed) {
    this.seed = seed;
  }

  @Override
  public void validate(IValidationContext context) {
    if (context instanceof PdfObjectValidationContext object
        && object.getObject() instanceof PdfDictionary dictionary) {
      rename(dictionary, PdfName.BaseFont);
      rename(dictionary, PdfName.FontName);
    }
  }

  @Override
  public boolean isPdfObjectReadyToFlush(PdfObject object) {
    return true;
  }

  private void rename(PdfDictionary dictionary, PdfName key) {
    PdfName name = dictionary.getAsName(key);
    if (name != null && RANDOM_TAG.matcher(name.getValue()).matches()) {
      dictionary.put(key, steady.computeIfAbsent(name.getValue(), this::tagged));
    }
  }

  private PdfName tagged(String name) {
    String font = name.substring(TAG_LETTERS + 1);
    byte[] digest = Hash.sha256(bytes(seed + "\n" + font)).toArray();
    StringBuilder tag = new StringBuilder();
    for (int i = 0; i < TAG_LETTERS; i++) {
      tag.append((char) ('A' + (digest[i] & 0xff) % 26));
    }
    return new PdfName(tag + "+" + font);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }
}
