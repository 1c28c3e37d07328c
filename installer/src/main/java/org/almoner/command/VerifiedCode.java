package org.almoner.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.almoner.tax.receipt.SignedCode;
import org.almoner.tax.verify.CheckReport;
import org.almoner.tax.verify.CodeCheck;
import org.almoner.tax.verify.Step;
import org.almoner.tax.verify.TrustFile;
import org.jspecify.annotations.Nullable;

/** The code of a printed statement, checked from its text. */
final class VerifiedCode {
  private static final Path STANDARD_INPUT = Path.of("-");

  private VerifiedCode() {}

  /**
   * Prints each step and what they come to.
   *
   * @param log an address or a folder
   * @param json whether as one object, for programs
   * @return the command's exit code
   */
  static int tell(Path text, @Nullable Path trust, @Nullable String log, boolean json) {
    CodeCheck check = CodeCheck.of(text(text));
    TrustFile believed = trust == null ? null : VerifyCommand.trustFile(trust);
    if (believed != null) {
      check.trusting(believed);
    }
    if (log != null) {
      LogSource source =
          believed == null ? LogSource.open(log) : LogSource.witnessed(log, believed);
      check.against(source.tiles(), source.checkpoint());
    }
    List<Step> steps = check.run();
    CheckReport.Verdict verdict = CheckReport.verdict(steps);
    if (json) {
      System.out.println(Printed.line(CheckReport.of(check, steps)));
    } else {
      steps.forEach(System.out::println);
      if (log == null && verdict == CheckReport.Verdict.HOLDS) {
        System.out.println(VerifyCommand.NO_LOG);
      }
      System.out.println(
          switch (verdict) {
            case HOLDS -> "This code holds. Compare what it says with the paper.";
            case FAILS -> "This code does not hold.";
            case UNKNOWN ->
                believed == null
                    ? "This code is consistent in itself; who issued it is not known."
                    : "This code was signed by the charity's log. Whether the document still stands"
                        + " is not known.";
          });
    }
    return verdict == CheckReport.Verdict.HOLDS ? 0 : Failure.FAILED;
  }

  private static String text(Path path) {
    byte[] octets = octets(path);
    requireText(path, octets);
    return new String(octets, StandardCharsets.UTF_8);
  }

  /** A picture is not read here, but by a program made for it. */
  private static void requireText(Path path, byte[] octets) {
    String begin = new String(octets, 0, Math.min(octets.length, 4), StandardCharsets.ISO_8859_1);
    String name = path.equals(STANDARD_INPUT) ? "PICTURE" : path.toString();
    if (begin.startsWith("\u00ff\u00d8\u00ff") || begin.equals("\u0089PNG")) {
      throw Failure.wrongUse(
          "this is a picture; --code takes the text in it: zbarimg -q --raw --nodbus "
              + name
              + " | almoner verify --code -");
    }
    if (begin.equals("%PDF")) {
      throw Failure.wrongUse(
          "this is a PDF: 'almoner verify "
              + name
              + "' checks a document; of a scanned one make a picture first ('pdftoppm -r 200 -png')"
              + " and read its code with 'zbarimg -q --raw'");
    }
  }

  private static byte[] octets(Path path) {
    if (!path.equals(STANDARD_INPUT)) {
      return VerifyCommand.read(path);
    }
    try {
      return System.in.readNBytes(SignedCode.TEXT_MAX + 1);
    } catch (IOException e) {
      throw Failure.failed("standard input cannot be read: " + e.getMessage());
    }
  }
}
