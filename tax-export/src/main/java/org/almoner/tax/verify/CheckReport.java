package org.almoner.tax.verify;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.almoner.ledger.tally.Statement;
import org.almoner.protocol.json.JsonValue;
import org.almoner.tax.receipt.StatementCode;
import org.almoner.tax.seal.IntactSeal;

/**
 * What a check came to, for programs: names that stay, and the sentences for people beside them.
 *
 * <p>The fields are in {@code docs/reference/verify.md}. One is never renamed; new ones may come.
 */
public final class CheckReport {
  private static final int VERSION = 1;

  /** What all steps together come to. */
  public enum Verdict {
    /** Every step holds, and the issuer is known. */
    HOLDS,
    /** One step does not hold. */
    FAILS,
    /** Nothing speaks against the document, and something needed to be sure was not given. */
    UNKNOWN
  }

  private CheckReport() {}

  /** What all steps together come to. */
  public static Verdict verdict(List<Step> steps) {
    if (steps.stream().anyMatch(step -> step.verdict() == Step.Verdict.FAILED)) {
      return Verdict.FAILS;
    }
    boolean sure = steps.stream().allMatch(step -> step.verdict() == Step.Verdict.OK);
    return sure ? Verdict.HOLDS : Verdict.UNKNOWN;
  }

  /**
   * The report.
   *
   * @param check one that has run
   * @param steps what it returned
   */
  public static JsonValue.Obj of(DocumentCheck check, List<Step> steps) {
    JsonValue.Builder report =
        JsonValue.Obj.of()
            .put("version", VERSION)
            .put("verdict", word(verdict(steps)))
            .put("steps", steps.stream().map(CheckReport::step).toList());
    check.sealFound().ifPresent(seal -> report.put("seal", seal(seal)));
    Optional<Statement> statement = check.statement();
    if (statement.isPresent()) {
      report.put("statement", statement(statement.get(), check.leaf().orElseThrow()));
    }
    return report.build();
  }

  /**
   * The report on a code.
   *
   * @param check one that has run
   * @param steps what it returned
   */
  public static JsonValue.Obj of(CodeCheck check, List<Step> steps) {
    JsonValue.Builder report =
        JsonValue.Obj.of()
            .put("version", VERSION)
            .put("verdict", word(verdict(steps)))
            .put("steps", steps.stream().map(CheckReport::step).toList());
    check.code().ifPresent(code -> report.put("code", code(code)));
    return report.build();
  }

  private static JsonValue.Obj code(StatementCode code) {
    return JsonValue.Obj.of()
        .put("number", code.number())
        .put("donor", code.donor())
        .put("from", code.from().toString())
        .put("to", code.to().toString())
        .put("log", code.origin())
        .put("entry", code.leaf())
        .put("cpuMs", code.totals().cpu().totalMs())
        .put("gpuMs", code.totals().gpuMs())
        .put("energyJ", code.totals().joules())
        .put("accepted", code.accepted())
        .put("returned", code.returned())
        .build();
  }

  private static JsonValue.Obj step(Step step) {
    return JsonValue.Obj.of()
        .put("step", step.subject().replace(' ', '-'))
        .put("verdict", word(step.verdict()))
        .put("sentence", step.sentence())
        .build();
  }

  private static JsonValue.Obj seal(IntactSeal seal) {
    JsonValue.Builder fields =
        JsonValue.Obj.of()
            .put("certificate", seal.fingerprint().toHex())
            .put("name", seal.name())
            .put("claimedTime", seal.claimedTime().toString())
            .put("certificateEnds", seal.expires().toString());
    seal.dated().ifPresent(date -> fields.put("dated", date.toString()));
    seal.stamp()
        .ifPresent(
            stamp ->
                fields
                    .put("stampedTime", stamp.time().toString())
                    .put("stampedBy", stamp.authority()));
    return fields.build();
  }

  private static JsonValue.Obj statement(Statement statement, long leaf) {
    return JsonValue.Obj.of()
        .put("number", statement.number())
        .put("donor", statement.donor().toHex())
        .put("from", statement.from().toString())
        .put("to", statement.to().toString())
        .put("log", statement.origin())
        .put("entry", leaf)
        .put("cpuMs", statement.given().cpu().totalMs())
        .put("accepted", statement.accepted())
        .put("returned", statement.returned())
        .build();
  }

  private static String word(Enum<?> verdict) {
    return verdict.name().toLowerCase(Locale.ROOT);
  }
}
