package org.almoner.tax.verify;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.entry.CpuTime;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.tile.TileSource;
import org.almoner.protocol.bytes.Hash;
import org.almoner.tax.receipt.MalformedCode;
import org.almoner.tax.receipt.SignedCode;
import org.almoner.tax.receipt.StatementCode;

/** Checks the code of a statement, as it stands on paper. */
public final class CodeCheck {
  private static final String CODE = "code";
  private static final String ISSUER = "issuer";
  private static final String LOG = "log";
  private static final String REGISTER = "register";
  private static final double MS_PER_HOUR = 3_600_000;
  private static final double JOULES_PER_KWH = 3_600_000;

  private final String text;
  private final List<TrustFile> trust = new ArrayList<>();
  private final List<LogAtHand> logs = new ArrayList<>();
  private final List<StatementCode> stated = new ArrayList<>();

  private CodeCheck(String text) {
    this.text = text;
  }

  /** Of the text that a phone reads. */
  public static CodeCheck of(String text) {
    return new CodeCheck(text);
  }

  /** With a trust file, which names the log's keys. */
  public CodeCheck trusting(TrustFile file) {
    trust.add(file);
    return this;
  }

  /**
   * With the log at hand.
   *
   * @param checkpoint its newest, a signed note
   */
  public CodeCheck against(TileSource tiles, String checkpoint) {
    logs.add(new LogAtHand(tiles, checkpoint));
    return this;
  }

  /** Looks; every step in turn until one fails. */
  public List<Step> run() {
    List<Step> steps = new ArrayList<>();
    try {
      SignedCode signed = SignedCode.parse(text);
      steps.add(issuer(signed));
      for (LogAtHand log : logs) {
        steps.add(logged(signed.code(), log.tiles()));
      }
      if (!logs.isEmpty()
          && steps.stream().noneMatch(step -> step.verdict() == Step.Verdict.FAILED)) {
        steps.add(standing(signed.code()));
      }
      if (steps.stream().noneMatch(step -> step.verdict() == Step.Verdict.FAILED)) {
        steps.add(Step.ok(CODE, said(signed.code())));
        stated.add(signed.code());
      }
    } catch (MalformedCode e) {
      steps.add(Step.failed(CODE, String.valueOf(e.getMessage())));
    }
    return steps;
  }

  /** After {@link #run}: what the paper must say, unless a step failed. */
  public Optional<StatementCode> code() {
    return stated.stream().findFirst();
  }

  private Step issuer(SignedCode signed) {
    if (trust.isEmpty()) {
      return Step.unknown(
          ISSUER, "whose key signed this code is not known without the charity's trust file");
    }
    String origin = signed.code().origin();
    Optional<BelievedLog> log = trust.get(0).log(origin);
    if (log.isEmpty()) {
      return Step.failed(
          ISSUER, "the code is of the log " + origin + ", which the trust file lacks");
    }
    for (BelievedKey key : log.get().keys()) {
      if (signed.signedBy(key.key())) {
        return key.isRevoked()
            ? Step.failed(
                ISSUER,
                "the key that signed this code may have been stolen since, and nothing shows that"
                    + " the code is older; check the file itself, or ask "
                    + trust.get(0).charity())
            : Step.ok(ISSUER, "signed by the log of " + trust.get(0).charity());
      }
    }
    return Step.failed(
        ISSUER, "no key of the log " + origin + " signed this code as it reads here");
  }

  private static Step logged(StatementCode code, TileSource source) {
    try {
      Hash root = new LogReader(source).root(code.size());
      return root.equals(code.root())
          ? Step.ok(LOG, "the log's first " + code.size() + " entries are those the code names")
          : Step.failed(
              LOG, "the log's first " + code.size() + " entries are not those the code names");
    } catch (IOException e) {
      return Step.unknown(LOG, "the log cannot be read so far: " + e.getMessage());
    }
  }

  /** Whether the document was replaced or cancelled since. */
  private Step standing(StatementCode code) {
    if (trust.isEmpty()) {
      return Step.unknown(
          REGISTER, "not looked at: nobody vouched for the log's key; add --trust FILE");
    }
    LogAtHand log = logs.get(0);
    try {
      Checkpoint proved = new Checkpoint(code.origin(), code.size(), code.root());
      LogStep.Now now =
          new LogStep(trust.get(0), log.tiles(), log.checkpoint(), code.origin())
              .run(proved, code.leaf(), Set.of());
      return Step.ok(REGISTER, now.standing(code.leaf()));
    } catch (StepFailed e) {
      return Step.failed(REGISTER, String.valueOf(e.getMessage()));
    }
  }

  /** What a reader compares with the paper. */
  private static String said(StatementCode code) {
    CpuTime cpu = code.totals().cpu();
    return String.format(
        Locale.ROOT,
        "the paper must say: number %s, period %s to %s, donor reference %s, CPU core-hours %.2f,"
            + " GPU-hours %.2f, energy %.2f kWh, results %d of %d, entry %d",
        code.number(),
        code.from(),
        code.to(),
        code.donor(),
        cpu.totalMs() / MS_PER_HOUR,
        code.totals().gpuMs() / MS_PER_HOUR,
        code.totals().joules() / JOULES_PER_KWH,
        code.accepted(),
        code.returned(),
        code.leaf());
  }
}
