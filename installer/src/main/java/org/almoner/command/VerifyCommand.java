package org.almoner.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.tax.verify.CheckReport;
import org.almoner.tax.verify.DocumentCheck;
import org.almoner.tax.verify.MalformedTrustFile;
import org.almoner.tax.verify.Step;
import org.almoner.tax.verify.TrustFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks a statement on the reader's own computer, without asking whoever issued it. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "For anyone: checks a statement of donated computing on this computer, asking nobody.",
      "Exit code 0 when everything holds and the issuer is known, 1 when not.",
    })
final class VerifyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE.pdf", arity = "0..1", description = "The document.")
  private @Nullable Path file;

  @Option(
      names = "--code",
      paramLabel = "FILE|-",
      description =
          "Instead of a document: the text of the code on a printed one, in a file or on standard"
              + " input, as a phone reads it, or from a picture: 'zbarimg -q --raw PICTURE | almoner"
              + " verify --code -'.")
  private @Nullable Path code;

  @Option(
      names = "--trust",
      paramLabel = "FILE",
      description = "The charity's trust file; without it the issuer stays unknown.")
  private @Nullable Path trust;

  @Option(
      names = "--evidence",
      paramLabel = "ZIP",
      description = "The document's evidence: also opens and adds up every line behind it.")
  private @Nullable Path evidence;

  @Option(
      names = "--log",
      paramLabel = "URL|DIR",
      description =
          "The public log or a mirror of it: also checks that nothing was rewritten, and that the"
              + " document was not replaced or cancelled since.")
  private @Nullable String log;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "text|json",
      defaultValue = "text",
      description = "How to print it (default: ${DEFAULT-VALUE}).")
  private String output = "text";

  @Override
  public Integer call() {
    if (!output.equals("text") && !output.equals("json")) {
      throw Failure.wrongUse("--output takes text or json, got " + output);
    }
    if (code != null && file == null && evidence == null) {
      return VerifiedCode.tell(code, trust, log, output.equals("json"));
    }
    if (file == null || code != null) {
      throw Failure.wrongUse("expected one document, or --code with the text of a code");
    }
    DocumentCheck check = DocumentCheck.of(read(file));
    TrustFile believed = trust == null ? null : trustFile(trust);
    if (believed != null) {
      check.trusting(believed);
    }
    if (evidence != null) {
      check.withEvidence(read(evidence));
    }
    if (log != null) {
      LogSource source =
          believed == null ? LogSource.open(log) : LogSource.witnessed(log, believed);
      check.against(source.tiles(), source.checkpoint());
    }
    List<Step> steps = check.run();
    CheckReport.Verdict verdict = CheckReport.verdict(steps);
    if (output.equals("json")) {
      byte[] report = CanonicalJson.encode(CheckReport.of(check, steps));
      System.out.println(new String(report, StandardCharsets.UTF_8));
    } else {
      steps.forEach(System.out::println);
      if (log == null && verdict == CheckReport.Verdict.HOLDS) {
        System.out.println(NO_LOG);
      }
      System.out.println(
          switch (verdict) {
            case HOLDS -> "This document holds.";
            case FAILS -> "This document does not hold.";
            case UNKNOWN -> "This document is consistent in itself; who issued it is not known.";
          });
    }
    return verdict == CheckReport.Verdict.HOLDS ? 0 : Failure.FAILED;
  }

  /** Told of what holds, where nothing says whether it still does. */
  static final String NO_LOG =
      String.format(
          "%-8s %-10s %s",
          "-",
          "register",
          "not looked at: whether it was replaced or cancelled since, --log URL|DIR tells");

  /** Reads a trust file, or ends the command with a sentence about it. */
  static TrustFile trustFile(Path path) {
    try {
      return TrustFile.parse(read(path));
    } catch (MalformedTrustFile e) {
      throw Failure.wrongUse(path + " is no trust file: " + e.getMessage());
    }
  }

  static byte[] read(Path path) {
    try {
      if (!Files.isRegularFile(path)) {
        throw Failure.wrongUse("there is no file " + path);
      }
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw Failure.failed(path + " cannot be read: " + e.getMessage());
    }
  }
}
