package org.almoner.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.almoner.tax.receipt.SignedCode;
import org.almoner.tax.verify.CodeCheck;
import org.almoner.tax.verify.Step;
import org.jspecify.annotations.Nullable;

/** The code of a printed statement, checked from its text. */
final class VerifiedCode {
  private static final Path STANDARD_INPUT = Path.of("-");

  private VerifiedCode() {}

  /**
   * Prints each step and what they come to.
   *
   * @param log an address or a folder
   * @return the command's exit code
   */
  static int tell(Path text, @Nullable Path trust, @Nullable String log) {
    CodeCheck check = CodeCheck.of(text(text));
    if (trust != null) {
      check.trusting(VerifyCommand.trustFile(trust));
    }
    if (log != null) {
      check.against(LogSource.open(log).tiles());
    }
    List<Step> steps = check.run();
    steps.forEach(System.out::println);
    boolean holds = steps.stream().allMatch(step -> step.verdict() == Step.Verdict.OK);
    boolean failed = steps.stream().anyMatch(step -> step.verdict() == Step.Verdict.FAILED);
    System.out.println(
        holds
            ? "This code holds. Compare what it says with the paper."
            : failed
                ? "This code does not hold."
                : "This code is consistent in itself; who issued it is not known.");
    return holds ? 0 : Failure.FAILED;
  }

  private static String text(Path path) {
    if (!path.equals(STANDARD_INPUT)) {
      return new String(VerifyCommand.read(path), StandardCharsets.UTF_8);
    }
    try {
      return new String(System.in.readNBytes(SignedCode.TEXT_MAX + 1), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw Failure.failed("standard input cannot be read: " + e.getMessage());
    }
  }
}
